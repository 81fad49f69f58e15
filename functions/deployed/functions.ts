import { caretakers } from './caretakers.ts';
import type { FunctionSpec } from './function-spec.ts';
import { identityFunctions } from './identity.ts';
import { liveFunctions } from './live.ts';
import { spaceFunctions } from './spaces.ts';
import { taskFunctions } from './tasks.ts';

/** Every function of a deployment that serves no route; those that do come from `httpFunctions`. */
export const deployedFunctions: readonly FunctionSpec[] = [
  ...Object.values(taskFunctions),
  ...identityFunctions,
  ...caretakers,
  ...spaceFunctions,
  ...liveFunctions,
];
