import type { Json } from '../../../shared/domain/json.ts';
import { isObject } from '../data-flow/is-object.ts';
import { emptyObject, JsonData } from '../data-flow/json-data.ts';
import { withinLimit } from '../data-flow/limits.ts';
import { type InterpretationFailure, runtimeFailure } from '../errors/state-failure.ts';
import type { Visit } from '../executions/visit.ts';
import type { Integration, Request } from './integration.ts';
import { invokeResult, requestId } from './invoke-result.ts';

/** `arn:aws:states:::lambda:invoke`, also with `.waitForTaskToken`. */
export function lambdaInvoke(awaitsToken: boolean): Integration {
  const resource = awaitsToken ? 'lambda:invoke.waitForTaskToken' : 'lambda:invoke';
  return {
    awaitsToken,
    request,
    noteScheduled({ history }, { functionName, payload, parameters }, { timeout, heartbeat }) {
      const scheduled = history.record(
        parameters === undefined
          ? ['LambdaInvokeScheduled', resource, functionName, payload, timeout, heartbeat]
          : ['TaskScheduled', resource, parameters, timeout, heartbeat],
      );
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

/** What may stand in `Parameters`. A call is always synchronous, of the newest version, and keeps its logs. */
const plain: ReadonlySet<string> = new Set(['FunctionName', 'Payload']);
const tolerated: ReadonlySet<string> = new Set(['ClientContext', 'LogType', 'Qualifier']);

function request(parameters: Json, visit: Visit): Request {
  const given = isObject(parameters) ? parameters : {};
  const { FunctionName: functionName, Payload: payload = emptyObject.value } = given;
  if (typeof functionName !== 'string') throw unusable(parameters, "The field 'FunctionName' is required");
  const others = Object.keys(given).filter((name) => !plain.has(name));
  const unknown = others.find((name) => !tolerated.has(name));
  if (unknown !== undefined) throw unusable(parameters, `The field '${unknown}' is not supported`);
  const asked = { functionName, payload: withinLimit(visit.data(payload), visit.name) };
  return others.length === 0 ? asked : { ...asked, parameters: visit.data(parameters) };
}

function unusable(parameters: Json, why: string): InterpretationFailure {
  return runtimeFailure(
    `The Parameters '${JSON.stringify(parameters)}' could not be used to start the Task: [${why}]`,
  );
}
