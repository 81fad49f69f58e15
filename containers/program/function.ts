import { fileURLToPath } from 'node:url';
import { programFunction } from './program-function.ts';
import { wire } from './wiring.ts';

/** By this argument the file, bundled into one, is what the child processes of the function execute. */
const asRunner = '--run-programs';

/**
 * The Lambda function `program`: says what a program wants next (rule 12). Its role may do nothing, and programs run
 * in child processes of it without environment: not even what the role may not do is theirs to try.
 */
export const handler = process.argv.includes(asRunner)
  ? await import('./runner/main.ts').then(() => undefined)
  : programFunction(
      wire({ runner: async () => ({ file: fileURLToPath(import.meta.url), args: [asRunner] }) }),
    );
