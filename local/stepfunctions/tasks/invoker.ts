import { states } from '../errors/names.ts';
import type { ThreadStimulus } from '../executions/stimulus.ts';
import type { LambdaFunction } from '../functions.ts';
import { ServiceFailure } from '../services/service.ts';
import type { Call } from './call.ts';

/** Calls a function and tells how it ended, as Lambda would; never throws. */
export async function invoke(lambda: LambdaFunction, payload: string): Promise<ThreadStimulus> {
  try {
    return { kind: 'returned', payload: await lambda.invoke(payload) };
  } catch (error) {
    return threw(error);
  }
}

/** The function is not there. */
export function notFound(functionName: string): ThreadStimulus {
  const cause = `Function not found: ${functionName}`;
  return { kind: 'threw', error: 'Lambda.ResourceNotFoundException', cause };
}

/** A call that a crash cut off and that may not be made again. */
export function interrupted({ target }: Call): ThreadStimulus {
  return target.kind === 'function'
    ? {
        kind: 'threw',
        error: 'Lambda.Unknown',
        cause: 'The process ended while the function ran, and its outcome is unknown.',
      }
    : {
        kind: 'threw',
        error: states.taskFailed,
        cause: 'The process ended during the call, and its outcome is unknown.',
      };
}

function threw(error: unknown): ThreadStimulus {
  if (error instanceof ServiceFailure) {
    return { kind: 'threw', error: error.error, cause: error.explanation };
  }
  const { errorType, name, message, stack } = (error instanceof Error ? error : {}) as Partial<Error> & {
    readonly errorType?: unknown;
  };
  const type = typeof errorType === 'string' ? errorType : (name ?? 'Lambda.Unknown');
  const trace = stack?.split('\n').map((line) => line.trimEnd());
  const cause = JSON.stringify({ errorType: type, errorMessage: message ?? String(error), trace });
  return { kind: 'threw', error: type, cause };
}
