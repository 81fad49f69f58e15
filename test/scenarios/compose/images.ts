import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hasStandIns, prepareDocker } from '../../../scripts/docker.ts';
import { ask } from './docker.ts';

/** Images that Compose pulls where a registry can be reached. */
const pulled = [
  process.env['LOCALSTACK_IMAGE'] ?? 'localstack/localstack:4.14.0',
  'amazon/dynamodb-local:2.6.1',
  'versity/versitygw:v1.8.0',
];

/** Images of ours, by their Dockerfiles. */
const ours = { 'tandem/twin': 'containers/twin/Dockerfile', 'tandem/space': 'containers/space/Dockerfile' };

/** What LocalStack runs functions in where the published image cannot be pulled. */
const standIn = 'localhost:5000/lambda-nodejs:24';

const isThere = (image: string) =>
  ask('docker', ['image', 'inspect', '-f', '{{.Id}}', image]).then(
    () => true,
    () => false,
  );

/** Runs a command whose output is shown; rejects when it fails. */
async function show(command: string, args: readonly string[], cwd: string): Promise<void> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
}

/** Makes sure of Docker and of every image, and answers the environment that Compose is to have. */
export async function prepareImages(root: string): Promise<Readonly<Record<string, string>>> {
  prepareDocker(root);
  const hasLab = hasStandIns(root);
  await ask('docker', ['compose', 'version']);
  for (const [image, file] of Object.entries(ours)) {
    await show(
      'docker',
      ['build', '-q', ...(hasLab ? ['--network', 'host'] : []), '-f', file, '-t', image, '.'],
      root,
    );
  }
  const missing = await Promise.all(pulled.map(async (image) => ((await isThere(image)) ? [] : [image])));
  for (const image of missing.flat()) await show('docker', ['pull', '-q', image], root);
  return hasLab && (await isThere(standIn))
    ? { LAMBDA_RUNTIME_IMAGE_MAPPING: JSON.stringify({ 'nodejs24.x': standIn }) }
    : {};
}
