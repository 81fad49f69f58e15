import type { Json } from '../../../shared/domain/json.ts';
import { isObject } from '../data-flow/is-object.ts';
import { emptyObject, JsonData } from '../data-flow/json-data.ts';
import type { Visit } from '../executions/visit.ts';
import type { ResourceDescription } from '../services/describe.ts';
import type { Target } from './call.ts';
import type { Integration } from './integration.ts';
import { invokeResult, requestId } from './invoke-result.ts';
import { serviceNotes, usable } from './service.ts';

/** `arn:aws:states:::lambda:invoke`, also with `.waitForTaskToken`. */
export function lambdaInvoke(description: ResourceDescription): Integration {
  const { name } = description;
  const notes = serviceNotes(description);
  return {
    ...notes,
    target: (parameters, visit) => target(description, parameters, visit),
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

function target(description: ResourceDescription, parameters: Json, visit: Visit): Target {
  usable(description, parameters);
  const given = isObject(parameters) ? parameters : {};
  const { FunctionName: functionName, Payload: payload = emptyObject.value } = given;
  return { kind: 'function', functionName: String(functionName), payload: visit.limited(payload) };
}

/** Whether the parameters can be told from the function's name and its payload. */
function isPlain(parameters: Json): boolean {
  const names = Object.keys(parameters as object);
  return names.length === 2 && names[0] === 'FunctionName' && names[1] === 'Payload';
}
