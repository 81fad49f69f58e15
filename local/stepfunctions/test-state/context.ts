import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { contextObject } from '../executions/context-object.ts';
import type { Visit } from '../executions/visit.ts';

/** A context object that is given; only the item of a Map is the engine's own. */
export function givenContext(visit: Visit, given: JsonObject): Json {
  const { Map: item } = contextObject(visit) as JsonObject;
  return item === undefined ? given : { ...given, Map: item };
}

/** The context object of a state that is tested on its own: as in an Express workflow, which is never redriven. */
export function testContext(visit: Visit, retries: number): Json {
  const { Execution, State, ...others } = contextObject(visit) as Record<string, JsonObject>;
  const { RedriveCount: _, ...execution } = Execution ?? {};
  const counted = State?.['RetryCount'] === undefined ? {} : { RetryCount: retries };
  return { ...others, Execution: execution, State: { ...State, ...counted } };
}
