import { canonicalJson } from '../../domain/canonical.ts';
import type { Digest } from '../../domain/content.ts';
import type { EventDraft, Outcome, Worker } from '../../domain/events.ts';
import type { RunState } from '../../domain/state.ts';
import { isTandemError, TandemError } from '../../errors/tandem-error.ts';
import type { Ticket } from '../../ports/identity.ts';
import {
  type Done,
  type Failed,
  type ReportAnswer,
  type ReportMessage,
  reportMessage,
} from '../../protocol/report.ts';
import type { App } from '../app.ts';
import { wake } from '../executions/wake.ts';
import { recordedOutcomes } from '../runs/recorded-outcome.ts';
import { commandInput, uploadUrls } from '../spaces/command-input.ts';
import { commandOutcome } from '../spaces/command-outcome.ts';

type Claim = Extract<ReportMessage, { type: 'claim' }>;

/**
 * What a worker says about its operation (rule 10). Throws `auth.invalid` for a ticket that is forged or expired, and
 * `request.invalid` for a message of another shape.
 */
export async function report(app: App, token: string, message: unknown): Promise<ReportAnswer> {
  const ticket = await app.tickets.verify(token);
  const parsed = reportMessage().safeParse(message);
  if (!parsed.success) {
    throw new TandemError('request.invalid', { message: parsed.error.issues[0]?.message ?? 'Not a report' });
  }
  return answer(app, ticket, parsed.data);
}

async function answer(app: App, ticket: Ticket, message: ReportMessage): Promise<ReportAnswer> {
  const blobs = app.blobs.forTenant(ticket.tenant);
  switch (message.type) {
    case 'claim':
      return claim(app, ticket, message);
    case 'heartbeat':
      return heartbeat(app, ticket);
    case 'urls':
      return { urls: (await isUnderWay(app, ticket)) ? await uploadUrls(blobs, message.digests) : {} };
    case 'done':
    case 'failed':
      return settleCommand(app, ticket, message);
    case 'stopped':
      return interrupt(app, ticket, message.reason);
  }
}

/** Whether the worker that holds the ticket may (still) work on its operation. */
function isWanted(state: RunState, { generation, operation }: Ticket): boolean {
  return !state.end && !state.cancelRequested && state.generation === generation && operation in state.open;
}

/** Whether an outcome of the operation would be taken: only then is there anything to upload for it. */
async function isUnderWay(app: App, { tenant, run, operation }: Ticket): Promise<boolean> {
  const state = await app.runs.load(tenant, run);
  return !state.end && state.open[operation]?.worker !== undefined;
}

async function claim(app: App, ticket: Ticket, { worker, placement }: Claim): Promise<ReportAnswer> {
  assertKind(app, worker);
  const { tenant, run, operation } = ticket;
  let mine = false;
  const state = await app.runs.update(tenant, run, (now): EventDraft[] => {
    const claimed = now.open[operation]?.worker;
    mine = isWanted(now, ticket) && !now.paused && (claimed === undefined || isSameWorker(claimed, worker));
    const isFirst = mine && claimed === undefined;
    const payload = { operation, worker, ...(placement && { placement }) };
    return isFirst ? [{ type: 'operation.started', by: 'worker', payload }] : [];
  });
  const open = state.open[operation];
  if (!mine || !open) return { stop: true };
  return commandInput(app.blobs.forTenant(tenant), { request: open.request, tree: state.tree });
}

/** A worker of another kind than is launched here could be neither watched nor stopped. */
function assertKind({ launcher }: App, { kind }: Claim['worker']): void {
  if (launcher.kinds.includes(kind)) return;
  const message = `Workers here are of kind ${launcher.kinds.join(' or ')}; this one says it is of kind ${kind}`;
  throw new TandemError('request.invalid', { message });
}

/** A worker that did not hear that the claim was its own asks again. */
function isSameWorker(claimed: Worker, { kind, id, started }: Claim['worker']): boolean {
  return claimed.kind === kind && claimed.id === id && claimed.started === started;
}

async function heartbeat(app: App, ticket: Ticket): Promise<ReportAnswer> {
  const { tenant, run } = ticket;
  if (!isWanted(await app.runs.load(tenant, run), ticket)) return { next: 'stop' };
  const waiting = await app.tokens.forTenant(tenant).get(run);
  // Forgotten when the program has come to its end, or nobody carries on: the command is not waited for any more.
  if (!waiting) return { next: 'stop' };
  await app.engine.heartbeat(waiting.token);
  return { next: 'continue' };
}

/**
 * Records how the command ended; an outcome that comes too late is refused, and the first of them noted (rule 8). A worker
 * that did not hear the answer says the same again, and is told again what it was told.
 */
async function settleCommand(app: App, ticket: Ticket, message: Done | Failed): Promise<ReportAnswer> {
  const { tenant, run, operation } = ticket;
  for (;;) {
    const state = await app.runs.load(tenant, run);
    if (state.end) return { accepted: false };
    const blobs = app.blobs.forTenant(tenant);
    const { outcome, tree } = await commandOutcome(blobs, { report: message, tree: state.tree });
    const isAwaited = state.open[operation]?.worker !== undefined;
    try {
      if (!isAwaited) return await settleLate(app, ticket, { state, outcome });
      const sealed = app.runs.seal(state, [completed(operation, outcome, tree)]);
      await app.runs.append(state, sealed);
      await wake(app, sealed.state);
      return { accepted: true };
    } catch (error) {
      if (!isTandemError(error, 'log.conflict')) throw error;
    }
  }
}

/** The worker has ended its command itself and knows that nothing of it is left: its claim is cut off (rule 8). */
async function interrupt(
  app: App,
  { tenant, run, operation }: Ticket,
  reason: string,
): Promise<ReportAnswer> {
  let accepted = false;
  const state = await app.runs.update(tenant, run, (now): EventDraft[] => {
    accepted = !now.end && now.open[operation]?.worker !== undefined;
    return accepted ? [{ type: 'operation.interrupted', by: 'worker', payload: { operation, reason } }] : [];
  });
  if (accepted) await wake(app, state);
  return { accepted };
}

interface LateReport {
  readonly state: RunState;
  readonly outcome: Outcome;
}

/** Says what was said before, or notes the outcome; throws `log.conflict` when the log has moved on. */
async function settleLate(
  app: App,
  ticket: Ticket,
  { state, outcome }: LateReport,
): Promise<{ readonly accepted: boolean }> {
  const recorded = await recordedOutcomes(app, ticket);
  if (isSame(outcome, recorded.outcome)) {
    await wake(app, state);
    return { accepted: true };
  }
  if (recorded.late === undefined) {
    await app.runs.append(state, app.runs.seal(state, [late(ticket.operation, outcome)]));
  }
  return { accepted: false };
}

function completed(operation: number, outcome: Outcome, tree: Digest | null | undefined): EventDraft {
  const payload = { operation, outcome, ...(tree === undefined ? {} : { tree }) };
  return { type: 'operation.completed', by: 'worker', payload };
}

function late(operation: number, outcome: Outcome): EventDraft {
  return { type: 'operation.late', by: 'worker', payload: { operation, outcome } };
}

function isSame(outcome: Outcome, recorded: Outcome | undefined): boolean {
  return recorded !== undefined && canonicalJson(outcome) === canonicalJson(recorded);
}
