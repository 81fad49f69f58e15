import type { ExecutionFacts } from '../executions/execution.ts';
import type { ThreadStimulus } from '../executions/stimulus.ts';
import type { LambdaFunctions } from '../functions.ts';
import type { Call } from './call.ts';
import { invoke, notFound } from './invoker.ts';
import { functionNameOf } from './resource.ts';

/** Around a call: who makes it, how it is given up, and whom to tell what comes of it. */
export interface CallContext {
  readonly facts: ExecutionFacts;
  /** Aborted when nobody waits for the call any more. */
  readonly signal: AbortSignal;
  tell(happened: ThreadStimulus): void;
}

/** Makes the calls of tasks. */
export interface Performer {
  /** Whether a call that a crash cut off may simply be made again. */
  repeatable(call: Call): boolean;
  /** Makes a call and tells what comes of it; resolves when nothing more is to be told. Never rejects. */
  perform(call: Call, context: CallContext): Promise<void>;
}

/** Calls functions in this process. */
export function functionPerformer(functions: LambdaFunctions): Performer {
  const find = ({ target }: Call) =>
    target.kind === 'function' ? functions[functionNameOf(target.functionName)] : undefined;
  return {
    repeatable: (call) => find(call)?.repeatable !== false,
    async perform(call, { tell }) {
      const { target, pattern } = call;
      if (target.kind !== 'function') return tell(unknownTarget);
      const found = find(call);
      if (found === undefined) return tell(notFound(target.functionName));
      const answer = await invoke(found, target.payload.text);
      tell(answer.kind === 'returned' && pattern !== 'request' ? { ...answer, kind: 'submitted' } : answer);
    },
  };
}

const unknownTarget: ThreadStimulus = {
  kind: 'threw',
  error: 'States.Runtime',
  cause: 'No service is configured for this task.',
  phase: 'start',
};
