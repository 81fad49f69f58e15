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

/** Makes the calls of tasks, or some of them. */
export interface Performer {
  /** Whether a call that a crash cut off may simply be made again; `undefined` for one that it does not make. */
  repeatable(call: Call, facts: ExecutionFacts): boolean | undefined;
  /** Makes a call and tells what comes of it; resolves when nothing more is to be told. Never rejects. */
  perform(call: Call, context: CallContext): Promise<void>;
}

/** The first of several that makes a call. */
export function firstOf(performers: readonly Performer[]): Performer {
  const find = (call: Call, facts: ExecutionFacts): Performer | undefined =>
    performers.find((performer) => performer.repeatable(call, facts) !== undefined);
  return {
    repeatable: (call, facts) => find(call, facts)?.repeatable(call, facts),
    async perform(call, context) {
      const performer = find(call, context.facts);
      if (performer === undefined) context.tell(nobody(call));
      else await performer.perform(call, context);
    },
  };
}

/** Functions of this process. */
export function functionPerformer(functions: LambdaFunctions): Performer {
  const find = ({ target }: Call) =>
    target.kind === 'function' ? functions[functionNameOf(target.functionName)] : undefined;
  return {
    repeatable: (call) => find(call)?.repeatable,
    async perform(call, { tell }) {
      const { target, pattern } = call;
      const found = find(call);
      if (target.kind !== 'function' || found === undefined) return;
      const answer = await invoke(found, target.payload.text);
      tell(answer.kind === 'returned' && pattern !== 'request' ? { ...answer, kind: 'submitted' } : answer);
    },
  };
}

function nobody({ target }: Call): ThreadStimulus {
  if (target.kind === 'function') return notFound(target.functionName);
  const cause = 'Nobody is there to make this call: no service and no activity is configured for it.';
  return { kind: 'threw', error: 'States.Runtime', cause, phase: 'start' };
}
