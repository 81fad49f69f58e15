import type { Json, JsonObject } from '../../../../shared/domain/json.ts';
import { isObject } from '../../data-flow/is-object.ts';
import type { SdkAnswer } from '../sdk/sdk.ts';
import { type ServiceCall, ServiceFailure } from '../service.ts';
import { type Refinement, withMetadata } from './request.ts';

/** The function's answer stands in `Payload`, as a value; an error of the function is the task's. */
export const lambdaInvoke: Refinement = {
  prepare: ({ parameters }) => ({ ...parameters, Payload: JSON.stringify(parameters['Payload'] ?? {}) }),
  result: (answer: SdkAnswer, call: ServiceCall): JsonObject => {
    const { result } = answer;
    const { Payload: text, FunctionError: failed, ...others } = result;
    const payload = typeof text === 'string' ? text : '';
    if (failed !== undefined) throw functionFailure(payload);
    return withMetadata({ ...answer, result: { ...others, Payload: readPayload(payload, call) } });
  },
};

function readPayload(text: string, { parameters }: ServiceCall): Json {
  if (text === '' && parameters['InvocationType'] === 'Event') return '';
  return parsePayload(text);
}

/** An answer as a value; no answer is `null`. */
export function parsePayload(text: string): Json {
  try {
    return text === '' ? null : (JSON.parse(text) as Json);
  } catch {
    throw new ServiceFailure({
      error: 'Lambda.Unknown',
      cause: 'The function answered with something that is no JSON.',
    });
  }
}

/** What a function has thrown: by the type that it names, with all that it says as the cause. */
export function functionFailure(payload: string): ServiceFailure {
  const error = typeNamedIn(payload);
  if (error !== undefined) return new ServiceFailure({ error, cause: payload });
  const cause = `The cause could not be determined because Lambda did not return an error type. Returned payload: ${payload}`;
  return new ServiceFailure({ error: 'Lambda.Unknown', cause });
}

/** The type of an error in a function's answer. */
export function typeNamedIn(payload: string): string | undefined {
  try {
    const value = JSON.parse(payload) as Json;
    const type = isObject(value) ? value['errorType'] : undefined;
    return typeof type === 'string' && type !== '' ? type : undefined;
  } catch {
    return;
  }
}
