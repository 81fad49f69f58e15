import type { Json } from '../../../../shared/domain/json.ts';
import type { Scope } from '../scope.ts';

/** What an intrinsic function draws on besides its arguments. */
export type Chance = Pick<Scope, 'random' | 'uuid'>;

/** An intrinsic function. */
export interface Intrinsic {
  /** How many arguments it takes, at least and at most. */
  readonly arity: readonly [least: number, most: number];
  /** Throws `InvalidArguments`. */
  apply(args: readonly Json[], chance: Chance): Json;
}

/** Arguments that a function does not take. */
export class InvalidArguments extends Error {
  override readonly name = 'InvalidArguments';
}

/** An intrinsic function of so many arguments. */
export function intrinsic(arity: number | readonly [number, number], apply: Intrinsic['apply']): Intrinsic {
  return { arity: typeof arity === 'number' ? [arity, arity] : arity, apply };
}
