import { parseArgs } from 'node:util';
import { isTandemError } from '../shared/errors/tandem-error.ts';
import { batchedLines } from '../shared/logging/batched-lines.ts';
import { createLogger, logLevel } from '../shared/logging/logger.ts';
import { startTwin, type Twin } from './twin.ts';

/** `tandem up`: the embedded twin, until somebody stops it. */

const usage = 'Usage: tandem up [--data DIR] [--port N] [--host ADDRESS]';

/** The longest that stopping may take, in milliseconds. */
const stopMs = 5_000;

const lines = batchedLines((text) => process.stderr.write(text));
const log = createLogger({ level: logLevel(process.env), write: (line) => lines.write(line), now: Date.now });

/** Something that was typed cannot be understood. */
class UsageError extends Error {}

function options(): { data: string; port?: number; host?: string } {
  const { data = process.env['TANDEM_DATA'] ?? '.tandem', port, host } = typed();
  return {
    data,
    ...(port === undefined ? {} : { port: portNumber(port) }),
    ...(host === undefined ? {} : { host }),
  };
}

function typed(): { data?: string; port?: string; host?: string } {
  try {
    const text = { type: 'string' } as const;
    return parseArgs({ options: { data: text, port: text, host: text } }).values;
  } catch (cause) {
    throw new UsageError((cause as Error).message, { cause });
  }
}

function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--port takes a number from 0 to 65535, not ${text}`);
}

/** Once: parks everything and ends with 0. Twice: ends at once. */
function stopOnSignals(twin: Twin): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(130);
    stopping = true;
    setTimeout(() => process.exit(1), stopMs).unref();
    twin.close().then(
      () => {
        lines.flush();
        process.exit(0);
      },
      (error: unknown) => fail(error),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
}

function fail(error: unknown): never {
  lines.flush();
  console.error(error instanceof Error ? `tandem: ${account(error)}` : error);
  process.exit(error instanceof UsageError ? 2 : 1);
}

/** What has happened and what to do about it. The stack is for what should not happen. */
function account(error: Error): string {
  const sentence = `${error.message.replace(/\.$/, '')}.`;
  if (error instanceof UsageError) return `${sentence}\n${usage}`;
  return isTandemError(error) ? `${sentence} ${error.remedy} [${error.code}]` : String(error.stack);
}

try {
  const twin = await startTwin({ ...options(), log });
  stopOnSignals(twin);
  console.log(`Tandem listens on ${twin.url}`);
} catch (error) {
  fail(error);
}
