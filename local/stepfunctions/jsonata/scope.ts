import type { Json } from '../../../shared/domain/json.ts';
import type { Effort } from '../data-flow/effort.ts';
import type { Outcome } from './outcome.ts';

/** `$states`. Its fields may be made when they are read. */
export interface States {
  readonly input: Json;
  readonly result?: Json;
  readonly errorOutput?: Json;
  readonly context: Json;
}

/** What an expression may refer to. The same scope gives the same outcome. */
export interface JsonataScope {
  states(): States;
  /** The value of a workflow variable, or `undefined` where none of that name is in scope. */
  variable(name: string): Json | undefined;
  /** Milliseconds since the epoch: what `$now()` tells. */
  now(): number;
  /** In [0, 1). */
  random(): number;
  /** A new UUID, version 4. */
  uuid(): string;
  /** What came of an evaluation that was deferred under that key, once it is known. */
  settled(key: string): Outcome | undefined;
  /** What evaluations may still cost, together with those before. */
  readonly effort?: Effort;
}
