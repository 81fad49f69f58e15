import type { JsonObject } from '../../../shared/domain/json.ts';
import { isObject } from '../data-flow/is-object.ts';
import type { ExecutionFacts } from '../executions/execution.ts';
import type { ThreadStimulus } from '../executions/stimulus.ts';
import { type Service, type ServiceCall, ServiceFailure } from '../services/service.ts';
import type { Services } from '../services/services.ts';
import type { Call } from './call.ts';
import { invoke } from './invoker.ts';
import type { CallContext, Performer } from './performer.ts';
import { resourceArn } from './resource.ts';

/**
 * Services, and functions that are not of this process. `hold` keeps virtual time from moving while they are called;
 * what `.sync` waits for, another execution or a container, ends in time that goes on.
 */
export function servicePerformer(services: Services, hold: () => () => void): Performer {
  const find = ({ target }: Call): Service | undefined =>
    target.kind === 'service' ? services.find(resourceArn(target.resource)) : undefined;
  const findFunction = ({ target }: Call) =>
    target.kind === 'function' ? services.findFunction(target.functionName) : undefined;
  return {
    repeatable: (call) => (find(call) ?? findFunction(call))?.repeatable,
    async perform(call, context) {
      const release = hold();
      try {
        const service = find(call);
        if (service !== undefined) await useService(service, call, { ...context, release });
        else await callFunction(findFunction(call), call, context);
      } catch (error) {
        if (!context.signal.aborted) context.tell(failureOf(error));
      } finally {
        release();
      }
    },
  };
}

async function useService(
  service: Service,
  call: Call,
  { facts, signal, tell, release }: CallContext & { release(): void },
): Promise<void> {
  const asked = serviceCall(call, facts, signal);
  const { pattern, submission } = call;
  if (submission !== undefined) {
    release();
    tell(answer('returned', await service.finish?.(asked, submission.value)));
    return;
  }
  const started = await service.start(asked);
  if (pattern === 'request') {
    tell(answer('returned', started));
    return;
  }
  tell(answer('submitted', started));
  release();
  if (pattern === 'sync') tell(answer('returned', await service.finish?.(asked, started)));
}

async function callFunction(
  found: ReturnType<Services['findFunction']>,
  { target, pattern }: Call,
  { signal, tell }: CallContext,
): Promise<void> {
  if (found === undefined || target.kind !== 'function') return;
  const bound = { repeatable: found.repeatable, invoke: (payload: string) => found.invoke(payload, signal) };
  const happened = await invoke(bound, target.payload.text);
  tell(happened.kind === 'returned' && pattern !== 'request' ? { ...happened, kind: 'submitted' } : happened);
}

function serviceCall(
  { target, state, token, scheduled }: Call,
  facts: ExecutionFacts,
  signal: AbortSignal,
): ServiceCall {
  if (target.kind !== 'service') throw new Error('Only a service takes a service call.');
  const { arn, name, roleArn } = facts;
  const parameters: JsonObject = isObject(target.parameters) ? target.parameters : {};
  return {
    resource: target.resource,
    parameters,
    execution: { arn, name, roleArn },
    state,
    token,
    id: `${facts.id}-${scheduled}`,
    signal,
  };
}

function answer(kind: 'returned' | 'submitted', value: unknown): ThreadStimulus {
  return { kind, payload: JSON.stringify(value ?? null), whole: true };
}

function failureOf(error: unknown): ThreadStimulus {
  if (error instanceof ServiceFailure) {
    const { error: name, explanation: cause, phase } = error;
    return { kind: 'threw', error: name, cause, ...(phase === 'run' ? {} : { phase }) };
  }
  return { kind: 'threw', error: 'States.TaskFailed', cause: String(error) };
}
