import { sealEvent } from '../../shared/domain/chain.ts';
import type { EventDraft, EventPayloads, EventType, Head, RunEvent } from '../../shared/domain/events.ts';
import { evolve } from '../../shared/domain/evolve.ts';
import type { Json } from '../../shared/domain/json.ts';
import { operationHash } from '../../shared/domain/operation-hash.ts';
import type { OperationKind } from '../../shared/domain/operations.ts';
import type { RunState } from '../../shared/domain/state.ts';

const start = Date.UTC(2026, 0, 1);

/** Milliseconds of virtual time as the log writes it, from the beginning of 2026. */
export const time = (ms: number): string => new Date(start + ms).toISOString();

export const digestOf = (letter: string): string => letter.repeat(64);

/** A request as `operation.requested` and a record carry it. */
export function requestOf(
  kind: OperationKind,
  args: Json = {},
): {
  kind: OperationKind;
  hash: string;
  request: { inline: Json };
} {
  return { kind, hash: operationHash(kind, args), request: { inline: args } };
}

export interface HistoryOptions {
  readonly tenant?: string;
  readonly run?: string;
  readonly created?: Partial<EventPayloads['run.created']>;
}

/** One run's log in the making: seals what it is given and folds it, one second an event unless told otherwise. */
export class History {
  readonly tenant: string;
  readonly run: string;
  readonly events: RunEvent[] = [];
  /** Milliseconds since the beginning; the next event's time. */
  now = 0;
  state: RunState;

  constructor({
    tenant = 'acme',
    run = 'run_00000000000000000000000001',
    created = {},
  }: HistoryOptions = {}) {
    this.tenant = tenant;
    this.run = run;
    this.state = undefined as unknown as RunState;
    this.add('run.created', {
      agent: 'writer',
      version: digestOf('a'),
      number: '1.0.0',
      input: { inline: null },
      seed: digestOf('5'),
      isolation: { program: 'memory', command: 'process' },
      tree: null,
      ...created,
    });
  }

  get head(): Head {
    return { run: this.run, seq: this.state.seq, hash: this.state.hash };
  }

  /** Appends one event; throws what `evolve` refuses, and then nothing has changed. */
  add<T extends EventType>(type: T, payload: EventPayloads[T], by = 'system'): RunEvent {
    const position = this.state ?? { tenant: this.tenant, run: this.run, seq: 0, hash: digestOf('0') };
    const event = sealEvent({ type, payload, by } as EventDraft, position, {
      id: `evt_${position.seq + 1}`,
      at: time(this.now),
      salt: '0'.repeat(32),
    });
    this.state = evolve(this.state, event);
    this.events.push(event);
    this.now += 1_000;
    return event;
  }

  carried(): this {
    this.add('run.carried', { generation: this.state.generation + 1 });
    return this;
  }

  /** Requests the next operation and returns its number. */
  ask(kind: OperationKind, args: Json = {}, deadline?: string): number {
    const operation = this.state.lastOperation + 1;
    const payload = { operation, ...requestOf(kind, args) };
    this.add('operation.requested', deadline === undefined ? payload : { ...payload, deadline }, 'run');
    return operation;
  }

  /** Asks for an approval that expires after `ms`, and returns its operation number. */
  askApproval(ms = 60_000): number {
    const expiresAt = time(this.now + ms);
    const operation = this.ask('approval.request', { what: 'Go' }, expiresAt);
    const { hash } = requestOf('approval.request', { what: 'Go' });
    const approval = `apr_${operation}`;
    this.add('approval.requested', { approval, operation, hash, what: 'Go', expiresAt }, 'run');
    return operation;
  }

  decideApproval(operation: number, decision: 'approved' | 'denied' | 'expired', by = 'user:ann'): RunEvent {
    const { approval, hash } = this.state.approvals[operation]?.requested ?? { approval: '', hash: '' };
    return this.add(`approval.${decision}`, { approval, operation, hash }, by);
  }

  complete(operation: number, value: Json = null): RunEvent {
    return this.add('operation.completed', { operation, outcome: { ok: true, value: { inline: value } } });
  }

  /** Records a repeatable operation with its outcome and returns its number. */
  record(kind: OperationKind, value: Json = null): number {
    const operation = this.state.lastOperation + 1;
    const outcome = { ok: true, value: { inline: value } } as const;
    this.add('operation.completed', { operation, record: requestOf(kind), outcome }, 'run');
    return operation;
  }

  claim(operation: number): RunEvent {
    return this.add('operation.started', { operation, worker: { kind: 'process', id: '7' } }, 'worker');
  }
}

/** Events of one run after its creation, carried by its first generation. */
export function history(options: HistoryOptions = {}): History {
  return new History(options).carried();
}
