import type { Start } from '../../shared/protocol/program.ts';
import { createOperations, type Operations } from './operations.ts';
import { start } from './start.ts';

/** A program that is given its operations instead of importing them. */
export type InMemoryProgram<Input = never> = (input: Input, operations: Operations) => unknown;

/**
 * A program as a plain function, for simulations and tests: what a bundle's script is the value of. Globals are those
 * of this process: `Date` and `Math.random` do not answer from the record.
 *
 * @example
 * const programs = new Map([[digest, inMemory(async (input, { file }) => file.read('notes.md'))]]);
 */
export function inMemory<Input>(program: InMemoryProgram<Input>): Start {
  return (bridge) => {
    const operations = createOperations(bridge);
    void start(bridge, (input: never) => program(input, operations));
  };
}
