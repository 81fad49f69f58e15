import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { tell } from './tell.ts';

const cli = fileURLToPath(new URL('../../../node_modules/aws-cdk/bin/cdk', import.meta.url));

/** Lines of the command line that say nothing to anybody. */
const silent =
  /^\s*$|^NOTICES|cdk acknowledge|Hotswap|^Stack ARN:|^arn:aws:cloudformation|^Outputs:|^[\w-]+\.\w+ = /;

/** Runs the CDK command line against LocalStack and passes on what it says. Rejects when it fails, or is stopped. */
export async function cdk(args: readonly string[], stop: AbortSignal): Promise<void> {
  const child = spawn(process.execPath, [cli, ...args, '--no-notices', '--no-color', '--ci'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: stop,
    env: {
      ...process.env,
      // Its assets go to LocalStack's own S3, not to that of the twin.
      AWS_ENDPOINT_URL_S3: process.env['AWS_ENDPOINT_URL'],
      CDK_DISABLE_CLI_TELEMETRY: 'true',
    },
  });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => silent.test(line) || tell(`  ${line.trimEnd()}`));
  }
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`cdk ${args[0]} ended with ${code}`);
}
