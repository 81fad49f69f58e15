import type { Json } from '../../../shared/domain/json.ts';
import type { Effort } from './effort.ts';

/** What paths, templates and expressions of a state may refer to. */
export interface Scope {
  /** `$`. */
  readonly input: Json;
  /** `$$`, made when it is asked for. */
  context(): Json;
  /** `$name`: the value of a workflow variable, or `undefined` where none of that name is in scope. */
  variable(name: string): Json | undefined;
  /** In [0, 1). */
  random(): number;
  /** A version 4 UUID. */
  uuid(): string;
  /** What evaluations may still cost, together with those before. */
  readonly effort?: Effort;
}
