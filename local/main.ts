import module from 'node:module';
import { batchedLines } from '../shared/logging/batched-lines.ts';
import { createLogger, logLevel } from '../shared/logging/logger.ts';
import { exitWith, typed, UsageError } from './command-line.ts';
import { startTwin, type Twin } from './twin.ts';

/** `tandem up`: the embedded twin, until somebody stops it. */

const usage = 'Usage: tandem up [--data DIR] [--port N] [--host ADDRESS]';

/** How long after its start the server writes what has been compiled, in milliseconds. */
const calmMs = 2_000;

/** The longest that stopping may take, in milliseconds. */
const stopMs = 5_000;

const lines = batchedLines((text) => process.stderr.write(text));
const log = createLogger({ level: logLevel(process.env), write: (line) => lines.write(line), now: Date.now });

function options(): { data: string; port?: number; host?: string } {
  const { data = process.env['TANDEM_DATA'] ?? '.tandem', port, host } = typed(['data', 'port', 'host']);
  return {
    data,
    ...(port === undefined ? {} : { port: portNumber(port) }),
    ...(host === undefined ? {} : { host }),
  };
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
  return exitWith(error, usage);
}

try {
  const twin = await startTwin({ ...options(), log });
  stopOnSignals(twin);
  console.log(`Tandem listens on ${twin.url}`);
  // Never written after `kill -9` otherwise, which is when the next start should be quick.
  setTimeout(() => module.flushCompileCache(), calmMs).unref();
} catch (error) {
  fail(error);
}
