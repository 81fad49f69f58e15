import type { FunctionSpec } from '../functions/deployed/function-spec.ts';
import type { Route } from '../functions/http/route.ts';

/** A function with the route that it serves. */
export type HttpFunction = FunctionSpec & { readonly route: Route };

/** Every function of a deployment. */
export interface Deployed {
  readonly http: readonly HttpFunction[];
  /** All that serve no route. */
  readonly others: readonly FunctionSpec[];
}

/** One that serves no route, by its name. */
export function specOf({ others }: Deployed, name: string): FunctionSpec {
  const spec = others.find((other) => other.name === name);
  if (spec === undefined) throw new Error(`No function is called ${name}.`);
  return spec;
}
