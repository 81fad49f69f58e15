/**
 * The process that runs the programs of one version of one tenant: reads messages from standard input and answers on
 * standard output (docs/program-protocol.md). It waits in a blocking read: a program has nothing to wait for but
 * answers, and so a turn costs two system calls. It ends with its input.
 */
import type { HostMessage } from '../../../shared/protocol/program.ts';
import { LineReader, writeLine } from './lines.ts';
import type { ProgramRun } from './program-run.ts';
import { type RunMessage, Runner, turnLine } from './runner.ts';

/** Batches between two looks at the event loop. */
const batchesPerLook = 64;

// Programs see the same time zone everywhere.
process.env['TZ'] = 'UTC';

const input = new LineReader(0);

function nextMessage(): HostMessage | undefined {
  const line = input.next();
  return line === undefined ? undefined : (JSON.parse(line) as HostMessage);
}

/**
 * Executes what has come, up to the last message that has come whole, then answers all of it with one write. Whether a
 * program that has ended left a rejection unhandled is known only after a look at the event loop.
 */
function listen(runner: Runner): void {
  for (let batches = 0; batches < batchesPerLook; batches += 1) {
    const executed: Executed[] = [];
    do {
      const message = nextMessage() as RunMessage | undefined;
      if (!message) process.exit();
      const run = runner.execute(message);
      if (run) executed.push({ name: message.run, run });
    } while (input.ready);
    if (executed.some(({ run }) => run.ended)) {
      look(runner, executed);
      return;
    }
    answer(executed);
  }
  look(runner, []);
}

interface Executed {
  readonly name: string;
  readonly run: ProgramRun;
}

function answer(executed: readonly Executed[]): void {
  if (executed.length === 0) return;
  writeLine(1, executed.map(({ name, run }) => turnLine(name, run.turn())).join('\n'));
}

/** Lets Node tell of promises that were rejected and that nobody handles. */
function look(runner: Runner, executed: readonly Executed[]): void {
  setImmediate(() => {
    answer(executed);
    listen(runner);
  });
}

function load(): Runner | undefined {
  const message = nextMessage();
  if (message?.type !== 'load') return undefined;
  try {
    return new Runner(message.code);
  } catch (error) {
    const why = `The bundle is no script that can be run: ${(error as Error).message}`;
    writeLine(1, JSON.stringify({ type: 'refused', error: { code: 'definition.invalid', message: why } }));
    return undefined;
  }
}

const runner = load();
if (runner) {
  process.on('unhandledRejection', (reason, promise) => runner.runOf(promise)?.rejected(promise, reason));
  process.on('rejectionHandled', (promise) => runner.runOf(promise)?.handled(promise));
  writeLine(1, '{"type":"ready"}');
  listen(runner);
}
