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

function options(): { data: string; port?: number; host?: string } {
  const { values } = parseArgs({
    options: { data: { type: 'string' }, port: { type: 'string' }, host: { type: 'string' } },
  });
  const data = values.data ?? process.env['TANDEM_DATA'] ?? '.tandem';
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    throw new TypeError(`--port takes a number from 0 to 65535, not ${values.port}`);
  }
  return {
    data,
    ...(port === undefined ? {} : { port }),
    ...(values.host === undefined ? {} : { host: values.host }),
  };
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
  if (isTandemError(error)) console.error(`tandem: ${error.message}. ${error.remedy} [${error.code}]`);
  else if (error instanceof TypeError) console.error(`tandem: ${error.message}.\n${usage}`);
  else console.error(error);
  process.exit(error instanceof TypeError ? 2 : 1);
}

try {
  const twin = await startTwin({ ...options(), log });
  stopOnSignals(twin);
  console.log(`Tandem listens on ${twin.url}`);
} catch (error) {
  fail(error);
}
