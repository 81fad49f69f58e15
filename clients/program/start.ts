import type { Bridge } from '../../shared/protocol/program.ts';
import { Finished, outputText } from './finish.ts';

/**
 * A program: the default export of an author's file. What it returns is the run's output.
 *
 * @example
 * const review: Program<{ path: string }, { lines: number }> = async ({ path }) => {
 *   const text = await file.read(path);
 *   return { lines: text.split('\n').length };
 * };
 * export default review;
 */
export type Program<Input = never, Output = unknown> = (input: Input) => Output | Promise<Output>;

/** Runs a program to its end and tells the bridge how it ended. */
export async function start(bridge: Bridge, program: Program): Promise<void> {
  try {
    if (typeof program !== 'function') throw new TypeError(notCallable(program));
    const output = await program(JSON.parse(bridge.input) as never);
    bridge.finished(outputText(output));
  } catch (error) {
    if (!(error instanceof Finished)) reportFailure(bridge, error);
  }
}

const notCallable = (program: unknown): string =>
  `the default export of a program must be a function, and this one is ${describe(program)}`;

/** Tells the bridge what was thrown, whatever it is. */
export function reportFailure(bridge: Bridge, thrown: unknown): void {
  if (thrown instanceof Error) {
    bridge.failed(String(thrown.name), String(thrown.message), String(thrown.stack));
    return;
  }
  bridge.failed('', `threw ${describe(thrown)}`, '');
}

function describe(thrown: unknown): string {
  if (typeof thrown === 'string') return thrown;
  return JSON.stringify(thrown) ?? String(thrown);
}
