import type { Json } from '../../../shared/domain/json.ts';
import { isObject } from '../data-flow/is-object.ts';
import type { JsonData } from '../data-flow/json-data.ts';
import { runtimeFailure } from '../errors/state-failure.ts';
import type { Visit } from '../executions/visit.ts';
import { type ResourceDescription, unusable } from '../services/describe.ts';
import type { Integration, TaskFailureNote } from './integration.ts';
import { resourceName, type ServiceResource } from './resource.ts';

/** What every service integration notes in the history. */
export function serviceNotes(resource: ServiceResource): Omit<Integration, 'target' | 'noteScheduled'> {
  const name = resourceName(resource);
  const succeeded = (visit: Visit, output: JsonData): JsonData => {
    visit.note(['TaskSucceeded', name, output]);
    return output;
  };
  return {
    pattern: resource.pattern === 'sync:2' ? 'sync' : resource.pattern,
    noteSubmitted(visit, answer) {
      visit.note(['TaskSubmitted', name, answer]);
    },
    noteReturned: succeeded,
    noteAnswered: succeeded,
    noteFailed(visit, { error, cause, phase }) {
      visit.note([failures[phase ?? 'run'], name, error, cause]);
    },
    noteTimedOut(visit, error) {
      visit.note(['TaskTimedOut', name, error, undefined]);
    },
  };
}

const failures: Readonly<
  Record<NonNullable<TaskFailureNote['phase']> | 'run', 'TaskFailed' | 'TaskStartFailed' | 'TaskSubmitFailed'>
> = {
  schedule: 'TaskStartFailed',
  start: 'TaskStartFailed',
  submit: 'TaskSubmitFailed',
  run: 'TaskFailed',
};

/** `arn:aws:states:::<service>:<action>`, also with `.sync` and `.waitForTaskToken`. */
export function service(description: ResourceDescription): Integration {
  const { service: of, action, pattern, name } = description;
  return {
    ...serviceNotes(description),
    target(parameters) {
      usable(description, parameters);
      return { kind: 'service', resource: { service: of, action, pattern }, parameters };
    },
    noteScheduled(visit, _, { parameters, timeout, heartbeat, role }) {
      const data = visit.limited(parameters);
      const scheduled = visit.note(['TaskScheduled', name, data, timeout, heartbeat, role]);
      visit.note(['TaskStarted', name]);
      return scheduled;
    },
  };
}

/** Refuses parameters that the service could not be called with: the task is not scheduled. */
export function usable(description: ResourceDescription, parameters: Json): void {
  const cause = unusable(description, isObject(parameters) ? parameters : {});
  if (cause !== undefined) throw runtimeFailure(cause);
}
