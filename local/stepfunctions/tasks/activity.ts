import type { Integration } from './integration.ts';

/** An activity's ARN as `Resource`: a worker asks for the task and answers it by its token. */
export function activity(arn: string): Integration {
  return {
    pattern: 'token',
    target: (parameters, visit) => ({ kind: 'activity', arn, input: visit.limited(parameters) }),
    noteScheduled(visit, _, { parameters, timeout, heartbeat }) {
      return visit.note(['ActivityScheduled', arn, visit.data(parameters), timeout, heartbeat]);
    },
    noteTaken(visit, worker) {
      visit.note(['ActivityStarted', worker]);
    },
    noteSubmitted() {},
    noteReturned(visit, answer) {
      visit.note(['ActivitySucceeded', answer]);
      return answer;
    },
    noteAnswered(visit, output) {
      visit.note(['ActivitySucceeded', output]);
      return output;
    },
    noteFailed(visit, { error, cause, phase }) {
      visit.note([phase === 'schedule' ? 'ActivityScheduleFailed' : 'ActivityFailed', error, cause]);
    },
    noteTimedOut(visit, error) {
      visit.note(['ActivityTimedOut', error, undefined]);
    },
  };
}
