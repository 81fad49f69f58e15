import type { RunEvent } from '../../../shared/protocol/events.ts';
import { cleanLine } from '../terminal/clean.ts';
import { describe } from './describe.ts';
import { byWhom, detailOf, failureOf, labelled, resultOf } from './details.ts';
import type { Entry, Line, OpenApproval, Waiting } from './entry.ts';
import { type Members, membersOf, type Payload, payloadOf } from './payloads.ts';
import { runLines } from './run-lines.ts';
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

  /** The line that an event adds; none for what only machines care about. */
  add(event: RunEvent): readonly Entry[] {
    if (event.type === 'run.created') this.#begin(event);
    const line = event.erased
      ? this.#erased(event)
      : (runLines[event.type]?.(event) ?? this.#operationLine(event, payloadOf(event)));
    if (line === undefined) return [];
    const at = since(this.#createdAt, event);
    if (!isEnd(event)) return [{ at, ...line }];
    this.#open.clear();
    this.#approvals.clear();
    return [{ at, ...line, tookMs: at }];
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

  #begin(event: RunEvent): void {
    this.#createdAt = event.at;
    this.#workspace = new Workspace(payloadOf(event).tree === null);
  }

  #operationLine(event: RunEvent, payload: Payload): Line | undefined {
    switch (event.type) {
      case 'operation.requested':
        return this.#requested(event, payload);
      case 'operation.started':
        return this.#started(event, payload);
      case 'operation.completed':
        return this.#completed(event, payload);
      case 'operation.interrupted':
        return this.#interrupted(event, payload);
      case 'approval.requested':
        return this.#approvalRequested(payload);
      case 'approval.approved':
      case 'approval.denied':
      case 'approval.expired':
        return this.#approvalDecided(event, payload);
      default:
        return undefined;
    }
  }

  /** Nothing is known of it but that it was. */
  #erased(event: RunEvent): Line {
    const { operation } = payloadOf(event);
    if (event.type === 'operation.requested') this.#requested(event, payloadOf(event));
    if (event.type === 'operation.completed') this.#open.delete(operation ?? 0);
    const { by = '', reason = '' } = event.erased ?? {};
    return {
      ...(operation === undefined ? {} : { operation }),
      kind: event.type,
      what: '',
      verdict: `erased by ${cleanLine(by.replace(/^user:/, ''))}`,
      mood: 'note',
      details: detailOf(reason),
    };
  }

  #requested(event: RunEvent, payload: Payload): Line | undefined {
    const { operation = 0, kind = '', request } = payload;
    const args = membersOf(request);
    this.#open.set(operation, { kind, args, since: event.at });
    if (kind !== 'signal.wait') return undefined;
    return { operation, kind, what: describe(kind, args), verdict: 'waits', mood: 'waiting' };
  }

  /** Where it was put is told only where that is not what would have come first. */
  #started(event: RunEvent, { operation = 0, placement }: Payload): Line | undefined {
    const open = this.#open.get(operation);
    if (open) this.#open.set(operation, { ...open, since: event.at });
    if (!placement || placement.instead.length === 0) return undefined;
    const details = placement.instead.map(({ provider, reason }) => ({
      label: cleanLine(provider),
      text: reason,
    }));
    const what = `runs on ${cleanLine(placement.provider)}, as others did not take it`;
    return { operation, kind: open?.kind ?? event.type, what, mood: 'note', details };
  }

  #completed(event: RunEvent, payload: Payload): Line | undefined {
    const { operation = 0, record, outcome } = payload;
    const open = this.#open.get(operation);
    this.#open.delete(operation);
    const kind = record?.kind ?? open?.kind ?? '';
    // The decision has its own line.
    if (kind === 'approval.request' && outcome?.ok) return undefined;
    const args = record ? membersOf(record.request) : (open?.args ?? {});
    const common = { operation, kind, ...took(open, event) };
    if (outcome?.ok !== true) {
      const what = describe(kind, args);
      return { ...common, what, verdict: 'failed', mood: 'failed', ...failureOf(outcome?.error) };
    }
    const result = membersOf(outcome.value);
    const changes = this.#workspace.after(kind, args, result);
    const what = describe(kind, args, result);
    return { ...common, what, verdict: 'allowed', changes, ...resultOf(kind, result) };
  }

  #interrupted(event: RunEvent, { operation = 0, reason }: Payload): Line {
    const open = this.#open.get(operation);
    this.#open.delete(operation);
    return {
      operation,
      kind: open?.kind ?? '',
      what: open ? describe(open.kind, open.args) : '',
      verdict: 'interrupted',
      mood: 'failed',
      ...took(open, event),
      details: detailOf(reason),
    };
  }

  #approvalRequested(payload: Payload): Line {
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

  #approvalDecided(event: RunEvent, payload: Payload): Line {
    const { approval = '', operation = 0, reason } = payload;
    const asked = this.#approvals.get(approval);
    this.#approvals.delete(approval);
    const decision = event.type.slice('approval.'.length);
    return {
      operation,
      kind: 'approval.request',
      what: asked?.what ?? '',
      verdict: decision === 'expired' ? decision : `${decision} ${byWhom(event)}`,
      mood: decision === 'approved' ? 'done' : 'failed',
      ...took(this.#open.get(operation), event),
      details: detailOf(reason),
    };
  }
}

const isEnd = ({ type }: RunEvent) => ['run.succeeded', 'run.failed', 'run.cancelled'].includes(type);

const since = (from: string, { at }: RunEvent) => Date.parse(at) - Date.parse(from);

function took(open: Open | undefined, event: RunEvent): Pick<Entry, 'tookMs'> {
  return open === undefined ? {} : { tookMs: since(open.since, event) };
}
