import type { Json } from '../../../shared/domain/json.ts';

/** What paths and templates of a state may refer to. */
export interface Scope {
  /** `$`. */
  readonly input: Json;
  /** `$$`, made when it is asked for. */
  context(): Json;
}
