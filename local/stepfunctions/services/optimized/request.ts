import type { Json, JsonObject } from '../../../../shared/domain/json.ts';
import { metadataOf } from '../sdk/metadata.ts';
import type { SdkAnswer } from '../sdk/sdk.ts';
import type { Service, ServiceCall } from '../service.ts';
import { phaseOf, type Tools } from '../tools.ts';

/** What an optimized integration does besides passing on. */
export interface Refinement {
  /** Makes of a state's parameters what the service takes. */
  readonly prepare?: (call: ServiceCall) => JsonObject;
  /** Makes the result of the answer; throws `ServiceFailure` for one that says it failed. */
  readonly result?: (answer: SdkAnswer, call: ServiceCall) => Json;
  readonly repeatable?: boolean;
}

/** One request to a service, through its SDK; the result is the answer. */
export function optimizedRequest({ sdk }: Tools, refinement: Refinement = {}): Service {
  const { prepare = (call) => call.parameters, result = withMetadata, repeatable = false } = refinement;
  return {
    repeatable,
    async start(call) {
      const { service, action, pattern } = call.resource;
      const answer = await sdk.send({
        service,
        action,
        parameters: prepare(call),
        style: 'optimized',
        phase: phaseOf(pattern),
        signal: call.signal,
      });
      return result(answer, call);
    },
  };
}

/** The answer with its headers and the id of its request, in the order of the alphabet. */
export function withMetadata({ result, requestId, ...answered }: SdkAnswer): JsonObject {
  return inOrder({ ...result, ...metadataOf(answered, requestId) });
}

export function inOrder(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
