import { withinLimit } from '../data-flow/limits.ts';
import type { Integration } from './integration.ts';

/** A plain function ARN as `Resource`: its answer is the result. */
export function lambdaFunction(resource: string): Integration {
  return {
    awaitsToken: false,
    request: (parameters, visit) => ({
      functionName: resource,
      payload: withinLimit(visit.data(parameters), visit.name),
    }),
    noteScheduled({ history }, { payload }, { timeout }) {
      const scheduled = history.record(['LambdaFunctionScheduled', resource, payload, timeout]);
      history.record(['LambdaFunctionStarted']);
      return scheduled;
    },
    noteSubmitted() {},
    noteReturned({ history }, answer) {
      history.record(['LambdaFunctionSucceeded', answer]);
      return answer;
    },
    noteAnswered: (_, output) => output,
    noteFailed({ history }, error, cause) {
      history.record(['LambdaFunctionFailed', error, cause]);
    },
    noteTimedOut({ history }, error) {
      history.record(['LambdaFunctionTimedOut', error, undefined]);
    },
  };
}
