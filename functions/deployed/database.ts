import type { FunctionSpec } from './function-spec.ts';
import { sourceIn } from './source.ts';

/** Asked when a stack with a database is deployed, and never again. */
export const databaseFunction: FunctionSpec = {
  name: 'database',
  purpose: 'Makes the user of the database that functions sign in as, and the tables',
  source: sourceIn('./functions/database/main.ts'),
  // A database that sleeps takes a quarter of a minute to wake up.
  timeoutSeconds: 120,
  memoryMb: 512,
  rights: ['store:write'],
};
