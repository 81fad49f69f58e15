import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import type { Scope } from '../data-flow/scope.ts';

export interface ScopeOptions {
  readonly context?: Json;
  readonly variables?: JsonObject;
  readonly random?: number;
}

/** What a state would see, put together by hand. */
export function scopeOf(
  input: Json,
  { context = {}, variables = {}, random = 0.5 }: ScopeOptions = {},
): Scope {
  return {
    input,
    context: () => context,
    variable: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined),
    random: () => random,
    uuid: () => '00000000-0000-4000-8000-000000000000',
  };
}
