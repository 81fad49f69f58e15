import { spawn } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Progress } from './progress.ts';
import { tell } from './tell.ts';

const cli = fileURLToPath(new URL('../../../node_modules/aws-cdk/bin/cdk', import.meta.url));

/** Runs the CDK command line against LocalStack and says how far it is. Rejects when it fails, or is stopped. */
export async function cdk(args: readonly string[], stop: AbortSignal): Promise<void> {
  const child = spawn(
    process.execPath,
    [cli, ...args, '--progress', 'events', '--no-notices', '--no-color', '--ci'],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: stop,
      env: {
        ...process.env,
        AWS_ENDPOINT_URL_S3: await assetsAddress(),
        CDK_DISABLE_CLI_TELEMETRY: 'true',
      },
    },
  );
  const progress = new Progress(tell);
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => progress.line(line));
  }
  const [code] = (await once(child, 'close')) as [number | null];
  if (code === 0) return;
  progress.tellAll();
  throw new Error(`cdk ${args[0]} ended with ${code}`);
}

/**
 * Assets go to LocalStack's own S3, not to that of the twin; and by its number, since buckets below a name would be names
 * that nobody knows.
 */
async function assetsAddress(): Promise<string> {
  const { hostname, port } = new URL(process.env['AWS_ENDPOINT_URL'] ?? 'http://localhost:4566');
  const { address } = await lookup(hostname, 4);
  return `http://${address}:${port}`;
}
