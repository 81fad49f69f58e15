/**
 * The author library: what a program imports from `tandem`.
 *
 * A program is a plain function, the default export of a file; the operations are imported, not passed in. So it reads
 * like any script, helpers in other files can use operations without having them handed down, and types come from the
 * function's own signature. Each run evaluates the file anew, in a context of its own: module variables belong to one
 * run.
 *
 * @example
 * import { approval, command, file } from 'tandem';
 *
 * export default async function run(input: { version: string }) {
 *   await file.write('VERSION', input.version);
 *   const { decision } = await approval.request({ what: `Release ${input.version}` });
 *   if (decision !== 'approved') return { released: false };
 *   await command.run('npm publish');
 *   return { released: true };
 * }
 */
import { bridge } from './bridge.ts';
import { createOperations, type Operations } from './operations.ts';

const operations = createOperations(bridge);

/**
 * Files of the workspace.
 * @example await file.write('report.md', '# Report');
 */
export const file = operations.file;

/**
 * Shell commands in the workspace.
 * @example const { exitCode, stdout } = await command.run('npm test', { timeoutMs: 600_000 });
 */
export const command = operations.command;

/**
 * Results of the run.
 * @example await artifact.add('report.md', { mediaType: 'text/markdown' });
 */
export const artifact = operations.artifact;

/**
 * Questions to a person.
 * @example const { decision } = await approval.request({ what: 'Deploy', why: 'Tests pass', role: 'operator' });
 */
export const approval = operations.approval;

/**
 * Messages from outside.
 * @example const { payload, timedOut } = await signal.wait('invoice-paid', { timeoutMs: 86_400_000 });
 */
export const signal = operations.signal;

/**
 * Other agents of the tenant.
 * @example const { output } = await agent.call<Review>('reviewer', { path: 'report.md' });
 */
export const agent = operations.agent;

/**
 * The run's log. Need not be awaited.
 * @example log('Compiled', { files: 12 });
 */
export const log = operations.log;

/**
 * Waits, for milliseconds or for years; the wait survives restarts.
 * @example await sleep(60_000);
 */
export const sleep = operations.sleep;

/**
 * The time, in milliseconds since the epoch, as a recorded operation. `Date.now()` answers at once, with the time of
 * the latest answer.
 */
export const now = operations.now;

/** A random number in [0, 1), as a recorded operation. `Math.random()` answers at once, from the run's seed. */
export const random = operations.random;

/** A new unique id that sorts by time (ULID). */
export const id = operations.id;

/**
 * Ends the run with this output, from anywhere: it throws, so that nothing after it is executed.
 * @example if (input.files.length === 0) finish({ reviewed: 0 });
 */
export const finish: Operations['finish'] = operations.finish;

export type {
  CommandResult,
  Decision,
  FileEncoding,
  FileEntry,
} from '../../shared/protocol/operations.ts';
export { OperationError } from './operation-error.ts';
export type { Program } from './start.ts';
