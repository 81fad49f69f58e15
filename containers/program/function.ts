import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Settings } from '../space/assignment.ts';
import { connectElsewhere } from '../space/origins.ts';
import { programFunction } from './program-function.ts';
import { wire } from './wiring.ts';

/** By this argument the file, as it is bundled, is what the child processes of the function execute. */
const asRunner = '--run-programs';

/** The file, and the others that it was bundled into, which hold no secret. */
const file = fileURLToPath(import.meta.url);
const runner = { file, folder: dirname(file), args: [asRunner] };

const { TANDEM_ORIGINS: origins }: Settings = process.env;
if (origins) connectElsewhere(JSON.parse(origins) as Record<string, string>);

/**
 * The Lambda function `program`: says what a program wants next (rule 12). Its role may do nothing, and programs run
 * in child processes of it without environment: not even what the role may not do is theirs to try.
 */
export const handler = process.argv.includes(asRunner)
  ? // Not waited for: bundled, the runner needs what lies in this file, which is not there before its end.
    void import('./runner/main.ts')
  : programFunction(wire({ runner: async () => runner }));
