import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { emptyObject, JsonData } from '../data-flow/json-data.ts';
import { withinLimit } from '../data-flow/limits.ts';
import { runtimeFailure } from '../errors/state-failure.ts';
import type { Visit } from '../executions/visit.ts';
import type { Integration, Request } from './integration.ts';
import { invokeResult, requestId } from './invoke-result.ts';

/** `arn:aws:states:::lambda:invoke`, also with `.waitForTaskToken`. */
export function lambdaInvoke(awaitsToken: boolean): Integration {
  const resource = awaitsToken ? 'lambda:invoke.waitForTaskToken' : 'lambda:invoke';
  return {
    awaitsToken,
    request,
    noteScheduled(visit, { functionName, payload }, { timeout, heartbeat }) {
      const { history } = visit;
      const scheduled = history.record([
        'LambdaInvokeScheduled',
        resource,
        functionName,
        payload,
        timeout,
        heartbeat,
      ]);
      history.record(['TaskStarted', resource]);
      return scheduled;
    },
    noteSubmitted({ history }, answer) {
      history.record(['LambdaInvokeSubmitted', resource, answer]);
    },
    noteReturned({ history, facts }, answer) {
      const event = history.record(['LambdaInvokeSucceeded', resource, answer]);
      return JsonData.of(invokeResult(answer.value, requestId(facts.id, event)));
    },
    noteAnswered({ history }, output) {
      history.record(['TaskSucceeded', resource, output]);
      return output;
    },
    noteFailed({ history }, error, cause) {
      history.record(['TaskFailed', resource, error, cause]);
    },
    noteTimedOut({ history }, error) {
      history.record(['TaskTimedOut', resource, error, undefined]);
    },
  };
}

/** What may stand in `Parameters`; a call is always synchronous and of the newest version. */
const supported: ReadonlySet<string> = new Set(['FunctionName', 'Payload']);

function request(parameters: Json, visit: Visit): Request {
  const given = (typeof parameters === 'object' ? parameters : {}) as JsonObject;
  const functionName = given['FunctionName'];
  if (typeof functionName !== 'string')
    throw unusable(parameters, `The field 'FunctionName' is required but was missing`);
  for (const name of Object.keys(given)) {
    if (!supported.has(name))
      throw unusable(parameters, `The field '${name}' is not supported by Step Functions`);
  }
  const payload = given['Payload'];
  if (payload === undefined) return { functionName, payload: emptyObject };
  return { functionName, payload: withinLimit(visit.data(payload), visit.name) };
}

function unusable(parameters: Json, why: string) {
  return runtimeFailure(
    `The Parameters '${JSON.stringify(parameters)}' could not be used to start the Task: [${why}]`,
  );
}
