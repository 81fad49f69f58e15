import { deployedFunctions } from '../../functions/deployed/functions.ts';
import { httpFunctions } from '../../functions/deployed/http.ts';

const specs = new Map([...httpFunctions(), ...deployedFunctions].map((spec) => [spec.name, spec]));

/** Memory of a function in MiB, by its name: what the stacks give it. */
export function memoryOf(name: string): number {
  const spec = specs.get(name);
  if (spec === undefined) throw new Error(`No function is called ${name}.`);
  return spec.memoryMb;
}
