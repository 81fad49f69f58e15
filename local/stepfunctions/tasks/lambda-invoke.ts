import type { Json } from '../../../shared/domain/json.ts';
import { isObject } from '../data-flow/is-object.ts';
import { emptyObject, JsonData } from '../data-flow/json-data.ts';
import { type InterpretationFailure, runtimeFailure } from '../errors/state-failure.ts';
import type { Visit } from '../executions/visit.ts';
import type { Target } from './call.ts';
import type { Integration } from './integration.ts';
import { invokeResult, requestId } from './invoke-result.ts';
import { resourceName, type ServiceResource } from './resource.ts';
import { serviceNotes } from './service.ts';

/** `arn:aws:states:::lambda:invoke`, also with `.waitForTaskToken`. */
export function lambdaInvoke(resource: ServiceResource): Integration {
  const name = resourceName(resource);
  const notes = serviceNotes(resource);
  return {
    ...notes,
    target,
    noteScheduled(visit, called, { parameters, timeout, heartbeat, role }) {
      const short = called.kind === 'function' && role === undefined && isPlain(parameters);
      const scheduled = visit.note(
        short
          ? ['LambdaInvokeScheduled', name, called.functionName, called.payload, timeout, heartbeat]
          : ['TaskScheduled', name, visit.data(parameters), timeout, heartbeat, role],
      );
      visit.note(['TaskStarted', name]);
      return scheduled;
    },
    noteSubmitted(visit, answer, whole) {
      visit.note([whole ? 'TaskSubmitted' : 'LambdaInvokeSubmitted', name, answer]);
    },
    noteReturned(visit, answer, whole) {
      if (whole) return notes.noteReturned(visit, answer, whole);
      const event = visit.note(['LambdaInvokeSucceeded', name, answer]);
      return JsonData.of(invokeResult(answer.value, requestId(visit.facts.id, event)));
    },
  };
}

/** What may stand in `Parameters`. A call is always synchronous, of the newest version, and keeps its logs. */
const known: ReadonlySet<string> = new Set([
  'FunctionName',
  'Payload',
  'ClientContext',
  'InvocationType',
  'LogType',
  'Qualifier',
]);

function target(parameters: Json, visit: Visit): Target {
  const given = isObject(parameters) ? parameters : {};
  const { FunctionName: functionName, Payload: payload = emptyObject.value } = given;
  if (typeof functionName !== 'string')
    throw unusable(parameters, "The field 'FunctionName' is required but was missing");
  const unknown = Object.keys(given).find((name) => !known.has(name));
  if (unknown !== undefined)
    throw unusable(parameters, `The field '${unknown}' is not supported by Step Functions`);
  return { kind: 'function', functionName, payload: visit.limited(payload) };
}

/** Whether the parameters can be told from the function's name and its payload. */
function isPlain(parameters: Json): boolean {
  const names = Object.keys(parameters as object);
  return names.length === 2 && names[0] === 'FunctionName' && names[1] === 'Payload';
}

function unusable(parameters: Json, why: string): InterpretationFailure {
  return runtimeFailure(
    `The Parameters '${JSON.stringify(parameters)}' could not be used to start the Task: [${why}]`,
  );
}
