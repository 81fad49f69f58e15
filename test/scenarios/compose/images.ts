import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from './docker.ts';

/** Images that Compose pulls where a registry can be reached. */
const pulled = ['localstack/localstack:4.14.0', 'amazon/dynamodb-local:2.6.1', 'versity/versitygw:v1.8.0'];

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

/**
 * Makes sure of Docker and of every image, and answers the environment that Compose is to have. On machines that can pull
 * nothing, a folder beside the checkout brings a Docker Engine and stand-ins under the same names.
 */
export async function prepareImages(root: string): Promise<Readonly<Record<string, string>>> {
  const lab = join(root, '..', 'shared', 'twin-lab');
  const hasLab = existsSync(join(lab, 'twin-images'));
  if (hasLab) {
    await show(join(lab, 'engine'), [], root);
    await show(join(lab, 'twin-images'), [], root);
  }
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
