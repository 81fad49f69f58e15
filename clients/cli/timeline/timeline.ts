import type { RunEvent } from '../../../shared/protocol/events.ts';
import { cleanLine, cleanText } from '../terminal/clean.ts';
import { describe } from './describe.ts';
import type { Entry, OpenApproval, Waiting } from './entry.ts';
import { type Failure, type Members, membersOf, type Payload, payloadOf } from './payloads.ts';
import { Workspace } from './workspace.ts';

/** An operation without an outcome yet. */
interface Open {
  readonly kind: string;
  readonly args: Members;
  /** ISO time of the request or, once claimed, of the claim. */
  readonly since: string;
}

/** Turns the events of one run, in order, into what a person likes to read. */
export class Timeline {
  #createdAt = '';
  #workspace = new Workspace(false);
  readonly #open = new Map<number, Open>();
  readonly #approvals = new Map<string, OpenApproval>();

  /** The lines that an event adds; none for what only machines care about. */
  add(event: RunEvent): readonly Entry[] {
    const entry = this.#entryOf(event, payloadOf(event));
    return entry === undefined ? [] : [{ at: this.#since(event), ...entry }];
  }

  /** What the run waits for, oldest first. */
  get waiting(): readonly Waiting[] {
    return [...this.#open].map(([operation, { kind, args, since }]) => ({
      operation,
      kind,
      what: describe(kind, args),
      since,
    }));
  }

  /** Approvals that nobody has decided, oldest first. */
  get approvals(): readonly OpenApproval[] {
    return [...this.#approvals.values()];
  }

  #since(event: RunEvent): number {
    return Date.parse(event.at) - Date.parse(this.#createdAt);
  }

  #entryOf(event: RunEvent, payload: Payload): Omit<Entry, 'at'> | undefined {
    switch (event.type) {
      case 'run.created':
        return this.#created(event, payload);
      case 'run.carried':
        return carried(payload);
      case 'run.paused':
      case 'run.resumed':
      case 'run.cancel-requested':
        return { kind: event.type, what: byWhom(event, payload.reason), mood: 'note' };
      case 'signal.received':
        return { kind: event.type, what: byWhom(event, payload.name), mood: 'note' };
      case 'operation.requested':
        return this.#requested(event, payload);
      case 'operation.started':
        return this.#started(event, payload);
      case 'operation.completed':
        return this.#completed(event, payload);
      case 'operation.interrupted':
        return this.#interrupted(event, payload);
      case 'operation.late':
        return operationEntry(payload, { kind: event.type, what: 'an outcome came too late', mood: 'note' });
      case 'approval.requested':
        return this.#approvalRequested(payload);
      case 'approval.approved':
      case 'approval.denied':
      case 'approval.expired':
        return this.#approvalDecided(event, payload);
      case 'run.succeeded':
        return this.#ended(event, { what: '', mood: 'done' });
      case 'run.cancelled':
        return this.#ended(event, { what: byWhom(event, payload.reason), mood: 'failed' });
      case 'run.failed':
        return this.#ended(event, {
          what: payload.error?.code ?? '',
          mood: 'failed',
          ...reasonOf(payload.error),
        });
      default:
        return undefined;
    }
  }

  #created(event: RunEvent, payload: Payload): Omit<Entry, 'at'> {
    this.#createdAt = event.at;
    this.#workspace = new Workspace(payload.tree === null);
    const what = `${payload.agent} ${payload.number}, ${byWhom(event)}`;
    return { kind: event.type, what, mood: 'note' };
  }

  #requested(event: RunEvent, payload: Payload): Omit<Entry, 'at'> | undefined {
    const { operation = 0, kind = '', request } = payload;
    const args = membersOf(request);
    this.#open.set(operation, { kind, args, since: event.at });
    if (kind !== 'signal.wait') return undefined;
    return { operation, kind, what: describe(kind, args), verdict: 'waits', mood: 'waiting' };
  }

  #started(event: RunEvent, { operation = 0 }: Payload): undefined {
    const open = this.#open.get(operation);
    if (open) this.#open.set(operation, { ...open, since: event.at });
  }

  #completed(event: RunEvent, payload: Payload): Omit<Entry, 'at'> | undefined {
    const { operation = 0, record, outcome } = payload;
    const open = this.#open.get(operation);
    this.#open.delete(operation);
    const kind = record?.kind ?? open?.kind ?? '';
    // The decision has its own line.
    if (kind === 'approval.request' && outcome?.ok) return undefined;
    const args = record ? membersOf(record.request) : (open?.args ?? {});
    const took = open ? { tookMs: Date.parse(event.at) - Date.parse(open.since) } : {};
    const common = { operation, kind, ...took };
    if (outcome?.ok !== true) {
      return {
        ...common,
        what: describe(kind, args),
        verdict: 'failed',
        mood: 'failed',
        ...reasonOf(outcome?.error),
      };
    }
    const result = membersOf(outcome.value);
    return {
      ...common,
      what: describe(kind, args, result),
      verdict: 'allowed',
      changes: this.#workspace.after(kind, args, result),
      ...commandEnd(kind, result),
    };
  }

  #interrupted(event: RunEvent, payload: Payload): Omit<Entry, 'at'> {
    const { operation = 0, reason } = payload;
    const open = this.#open.get(operation);
    this.#open.delete(operation);
    return {
      operation,
      kind: open?.kind ?? '',
      what: open ? describe(open.kind, open.args) : '',
      verdict: 'interrupted',
      mood: 'failed',
      ...(open ? { tookMs: Date.parse(event.at) - Date.parse(open.since) } : {}),
      details: linesOf(reason),
    };
  }

  #approvalRequested(payload: Payload): Omit<Entry, 'at'> {
    const { approval = '', operation = 0, what = '', why, impact, role, expiresAt, details } = payload;
    this.#approvals.set(approval, { approval, operation, what: cleanLine(what) });
    return {
      operation,
      kind: 'approval.request',
      what: cleanLine(what),
      verdict: 'waits for a person',
      mood: 'waiting',
      details: [
        ...labelled('why', why),
        ...labelled('impact', impact),
        ...labelled('role', role),
        ...labelled('details', details === undefined ? undefined : JSON.stringify(details)),
        ...labelled('until', expiresAt?.slice(0, 16).replace('T', ' ').concat(' UTC')),
      ],
    };
  }

  #approvalDecided(event: RunEvent, payload: Payload): Omit<Entry, 'at'> {
    const { approval = '', operation = 0, reason } = payload;
    const asked = this.#approvals.get(approval);
    this.#approvals.delete(approval);
    const open = this.#open.get(operation);
    const decision = event.type.slice('approval.'.length);
    return {
      operation,
      kind: 'approval.request',
      what: asked?.what ?? '',
      verdict: decision === 'expired' ? decision : `${decision} ${byWhom(event)}`,
      mood: decision === 'approved' ? 'done' : 'failed',
      ...(open ? { tookMs: Date.parse(event.at) - Date.parse(open.since) } : {}),
      details: linesOf(reason),
    };
  }

  #ended(event: RunEvent, end: Pick<Entry, 'what' | 'mood' | 'details'>): Omit<Entry, 'at'> {
    this.#open.clear();
    this.#approvals.clear();
    return { kind: event.type, ...end, tookMs: this.#since(event) };
  }
}

/** The first execution is nothing to tell; a later one took over from one that was lost or too long. */
function carried({ generation = 1 }: Payload): Omit<Entry, 'at'> | undefined {
  if (generation === 1) return undefined;
  return { kind: 'run.carried', what: `picked up from the log by execution ${generation}`, mood: 'note' };
}

function operationEntry({ operation }: Payload, entry: Omit<Entry, 'at'>): Omit<Entry, 'at'> {
  return operation === undefined ? entry : { ...entry, operation };
}

/** A command that ends badly is not a failed operation, but it should not look well either. */
function commandEnd(kind: string, result: Members): Pick<Entry, 'mood' | 'details'> {
  const failed = kind === 'command.run' && result['exitCode'] !== 0;
  if (!failed) return { mood: 'done' };
  return { mood: 'failed', details: linesOf(lastLines(String(result['stderr'] || result['stdout'] || ''))) };
}

const lastLines = (text: string) => cleanText(text).trimEnd().split('\n').slice(-5).join('\n');

function byWhom({ by }: RunEvent, what?: string): string {
  const who = `by ${cleanLine(by.replace(/^user:/, ''))}`;
  return what === undefined || what === '' ? who : `${cleanLine(what)}, ${who}`;
}

function reasonOf(error: Failure | undefined): Pick<Entry, 'details'> {
  return error === undefined ? {} : { details: linesOf(`${error.message} [${error.code}]`) };
}

function linesOf(text: string | undefined): readonly string[] {
  return text === undefined || text === '' ? [] : cleanText(text).split('\n');
}

function labelled(label: string, text: string | undefined): readonly string[] {
  const [first, ...rest] = linesOf(text);
  if (first === undefined) return [];
  return [`${label.padEnd(8)}${first}`, ...rest.map((line) => ' '.repeat(8) + line)];
}
