import type { Stimulus } from '../executions/stimulus.ts';
import type { LambdaFunction } from '../functions.ts';

/** Calls a function and tells how it ended, as Lambda would; never throws. */
export async function invoke(lambda: LambdaFunction, payload: string): Promise<Stimulus> {
  try {
    return { kind: 'returned', payload: await lambda.invoke(payload) };
  } catch (error) {
    return threw(error);
  }
}

/** The function is not there. */
export function notFound(functionName: string): Stimulus {
  const cause = `Function not found: ${functionName}`;
  return { kind: 'threw', error: 'Lambda.ResourceNotFoundException', cause };
}

/** A call that a crash cut off and that may not be made again. */
export const interrupted: Stimulus = {
  kind: 'threw',
  error: 'Lambda.Unknown',
  cause: 'The process ended while the function ran, and its outcome is unknown.',
};

function threw(error: unknown): Stimulus {
  const { errorType, name, message, stack } = (error instanceof Error ? error : {}) as Partial<Error> & {
    readonly errorType?: unknown;
  };
  const type = typeof errorType === 'string' ? errorType : (name ?? 'Lambda.Unknown');
  const trace = stack?.split('\n').map((line) => line.trimEnd());
  const cause = JSON.stringify({ errorType: type, errorMessage: message ?? String(error), trace });
  return { kind: 'threw', error: type, cause };
}
