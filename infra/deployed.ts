import type { FunctionSpec } from '../functions/deployed/function-spec.ts';
import { deployedFunctions } from '../functions/deployed/functions.ts';

/** One of the functions that serve no route, by its name. */
export function specOf(name: string): FunctionSpec {
  const spec = deployedFunctions.find((other) => other.name === name);
  if (spec === undefined) throw new Error(`No function is called ${name}.`);
  return spec;
}
