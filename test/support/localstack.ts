import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { answersAt, freePort } from './local-server.ts';

const image = process.env['LOCALSTACK_IMAGE'] ?? 'localstack/localstack:4.14.0';

/** Kept locally where no registry can be reached. */
const runtime = 'localhost:5000/lambda-nodejs:24';

/** Some services of AWS, of one's own, empty. */
export interface Localstack {
  /** What a client of the SDK needs to reach it. */
  readonly settings: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** What it is, in a few words. */
  readonly about: string;
  stop(): Promise<void>;
}

const inspect = (name: string): boolean => spawnSync('docker', ['image', 'inspect', name]).status === 0;

/** Why it can't be started here, in a sentence without a full stop; `undefined`: it can. */
export function localstackAbsent(): string | undefined {
  if (spawnSync('docker', ['info']).status !== 0) return 'Docker is not running';
  if (inspect(image) || spawnSync('docker', ['pull', '-q', image]).status === 0) return undefined;
  return `there is no image ${image}`;
}

/** Starts it; resolves when it answers. Its functions find this process as `host.docker.internal`. */
export async function startLocalstack(): Promise<Localstack> {
  const port = await freePort();
  const name = `tandem-localstack-${process.pid}-${port}`;
  const variables = {
    MAIN_CONTAINER_NAME: name,
    LAMBDA_DOCKER_FLAGS: '--add-host=host.docker.internal:host-gateway',
    SKIP_SSL_CERT_DOWNLOAD: '1',
    DISABLE_EVENTS: '1',
    ...(inspect(runtime) ? { LAMBDA_RUNTIME_IMAGE_MAPPING: JSON.stringify({ 'nodejs24.x': runtime }) } : {}),
  };
  const options = Object.entries(variables).flatMap(([key, value]) => ['-e', `${key}=${value}`]);
  const socket = ['-v', '/var/run/docker.sock:/var/run/docker.sock'];
  const run = ['run', '--rm', '--name', name, '-p', `127.0.0.1:${port}:4566`, ...socket, ...options, image];
  const child = spawn('docker', run, { stdio: 'ignore' });
  const remove = () => {
    const functions = spawnSync('docker', ['ps', '-aq', '--filter', `name=${name}`], { encoding: 'utf8' });
    const ids = functions.stdout.split('\n').filter((id) => id !== '');
    if (ids.length > 0) spawnSync('docker', ['rm', '-f', ...ids]);
  };
  // Whoever ends without stopping it leaves nothing behind all the same.
  process.once('exit', remove);
  const stop = async () => {
    process.off('exit', remove);
    const exit = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
    remove();
    await exit;
    // Containers of functions that it was just starting.
    remove();
  };
  const endpoint = `http://127.0.0.1:${port}`;
  await answersAt(`${endpoint}/_localstack/health`, child).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    settings: {
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    },
    about: `${image}, Docker`,
    stop,
  };
}
