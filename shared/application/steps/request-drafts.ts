import { approvalId, childRunId } from '../../domain/derived-ids.ts';
import type { EventDraft } from '../../domain/events.ts';
import { failure } from '../../domain/failure.ts';
import type { Json } from '../../domain/json.ts';
import { limits } from '../../domain/limits.ts';
import type { OperationArguments } from '../../domain/operations.ts';
import type { RunState } from '../../domain/state.ts';
import { isTandemError, TandemError } from '../../errors/tandem-error.ts';
import type { ProgramRequest } from '../../ports/program-host.ts';
import type { App } from '../app.ts';
import { toContent } from '../content.ts';
import { checkArguments } from '../operations/arguments.ts';
import { chooseVersion } from '../queries/choose-version.ts';
import { rolesOf } from '../roles.ts';

/**
 * The events that record an operation which somebody else will settle: a worker, a person, a signal, the clock or a
 * child run. One that cannot work is answered at once. The events of one operation belong into one append.
 */
export async function requestDrafts(
  app: App,
  state: RunState,
  request: ProgramRequest,
): Promise<EventDraft[]> {
  const { operation, kind, hash } = request;
  const blobs = app.blobs.forTenant(state.tenant);
  try {
    const args = checkArguments(kind, request.arguments) as Json;
    const recorded = await resolve(app, state, request, args);
    const deadline = deadlineOf(app, kind, recorded);
    const payload = { operation, kind, hash, request: await toContent(blobs, recorded) };
    const requested: EventDraft = {
      type: 'operation.requested',
      by: 'run',
      payload: deadline === undefined ? payload : { ...payload, deadline },
    };
    if (kind !== 'approval.request' || deadline === undefined) return [requested];
    return [
      requested,
      approvalDraft(state, request, recorded as OperationArguments['approval.request'], deadline),
    ];
  } catch (error) {
    if (!isTandemError(error) || error.status >= 500) throw error;
    const record = { kind, hash, request: await toContent(blobs, request.arguments) };
    const outcome = { ok: false, error: failure(error.code, error.message) } as const;
    return [{ type: 'operation.completed', by: 'run', payload: { operation, record, outcome } }];
  }
}

/** What the log keeps of the request: a call of another agent names the exact version that will answer it. */
async function resolve(
  app: App,
  state: RunState,
  { kind, operation }: ProgramRequest,
  args: Json,
): Promise<Json> {
  if (kind !== 'agent.call') return args;
  const call = args as unknown as OperationArguments['agent.call'];
  if ((state.parent?.depth ?? 0) + 1 > limits.childDepth) {
    throw new TandemError('limit.exceeded', {
      message: `Agents may call each other ${limits.childDepth} levels deep`,
    });
  }
  const key = state.session ?? childRunId(state.run, operation);
  const caller = { tenant: state.tenant, roles: rolesOf(state), key };
  const { version, alias } = await chooseVersion(app, caller, call);
  return { ...call, version: version.digest, ...(alias === undefined ? {} : { alias }) };
}

/** ISO time at which the operation settles by itself. */
function deadlineOf(app: App, kind: ProgramRequest['kind'], args: Json): string | undefined {
  const { ms, timeoutMs, expiresInMs } = args as { ms?: number; timeoutMs?: number; expiresInMs?: number };
  const after = (duration: number) => new Date(app.clock.now() + duration).toISOString();
  if (kind === 'sleep' && ms !== undefined) return after(ms);
  if (kind === 'signal.wait' && timeoutMs !== undefined) return after(timeoutMs);
  return kind === 'approval.request' ? after(expiresInMs ?? limits.approvalMs) : undefined;
}

function approvalDraft(
  state: RunState,
  { operation, hash }: ProgramRequest,
  { what, why, impact, role, details }: OperationArguments['approval.request'],
  expiresAt: string,
): EventDraft {
  const optional = { why, impact, role, details };
  const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  const approval = approvalId(state.run, operation);
  return {
    type: 'approval.requested',
    by: 'run',
    payload: { approval, operation, hash, what, ...given, expiresAt },
  };
}
