import type { Integration } from './integration.ts';

/** A plain function ARN as `Resource`: its answer is the result. */
export function lambdaFunction(arn: string): Integration {
  return {
    pattern: 'request',
    target: (parameters, visit) => ({
      kind: 'function',
      functionName: arn,
      payload: visit.limited(parameters),
    }),
    noteScheduled(visit, _, { parameters, timeout, role }) {
      const scheduled = visit.note(['LambdaFunctionScheduled', arn, visit.data(parameters), timeout, role]);
      visit.note(['LambdaFunctionStarted']);
      return scheduled;
    },
    noteSubmitted() {},
    noteReturned(visit, answer) {
      visit.note(['LambdaFunctionSucceeded', answer]);
      return answer;
    },
    noteAnswered: (_, output) => output,
    noteFailed(visit, { error, cause, phase }) {
      visit.note([
        phase === 'schedule' ? 'LambdaFunctionScheduleFailed' : 'LambdaFunctionFailed',
        error,
        cause,
      ]);
    },
    noteTimedOut(visit, error) {
      visit.note(['LambdaFunctionTimedOut', error, undefined]);
    },
  };
}
