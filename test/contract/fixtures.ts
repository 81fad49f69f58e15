import { chainStart, eventHash, sealEvent } from '../../shared/domain/chain.ts';
import type { EventDraft, Head, RunEvent } from '../../shared/domain/events.ts';
import type { ApprovalRow, ArtifactRow, RunRow } from '../../shared/domain/projections.ts';
import type { Append } from '../../shared/ports/event-log.ts';

export const tenant = 'acme';
export const digestOf = (letter: string): string => letter.repeat(64);

/** The n-th run: ids of later ones sort later. */
export const runId = (number: number): string => `run_${String(number).padStart(26, '0')}`;

/** Time of the fixtures, moved on by whole minutes. */
export const minute = (minutes: number): string => new Date(Date.UTC(2026, 0, 1, 0, minutes)).toISOString();

/** Appends to one run, properly chained. */
export class Chain {
  readonly tenant: string;
  readonly run: string;
  #head: Head;

  constructor(run: string, of: string = tenant) {
    this.tenant = of;
    this.run = run;
    this.#head = { run, seq: 0, hash: chainStart };
  }

  /** The next append of `count` events, each with `text` in its payload. */
  next(count = 1, text = 'because'): Append {
    return this.nextOf(
      Array.from({ length: count }, () => ({
        type: 'run.paused',
        by: 'user:ann',
        payload: { reason: text },
      })),
    );
  }

  nextOf(drafts: readonly EventDraft[]): Append {
    const expected = this.#head.seq;
    const events: RunEvent[] = [];
    for (const draft of drafts) {
      const position = { tenant: this.tenant, run: this.run, seq: this.#head.seq, hash: this.#head.hash };
      const id = `evt_${this.run}_${position.seq + 1}`;
      const event = sealEvent(draft, position, { id, at: minute(position.seq), salt: '0'.repeat(32) });
      events.push(event);
      this.#head = { run: this.run, seq: event.seq, hash: eventHash(event) };
    }
    return { run: this.run, expected, events, head: this.#head, projections: [] };
  }
}

export function runRow(run: string, changes: Partial<RunRow> = {}): RunRow {
  return {
    tenant,
    run,
    agent: 'writer',
    version: digestOf('a'),
    number: '1.0.0',
    status: 'queued',
    createdAt: minute(0),
    ...changes,
  };
}

export function approvalRow(approval: string, changes: Partial<ApprovalRow> = {}): ApprovalRow {
  return {
    tenant,
    approval,
    run: runId(1),
    agent: 'writer',
    operation: 1,
    hash: digestOf('b'),
    status: 'pending',
    what: 'Send the letter',
    requestedAt: minute(1),
    expiresAt: minute(60),
    ...changes,
  };
}

export function artifactRow(name: string, changes: Partial<ArtifactRow> = {}): ArtifactRow {
  return {
    tenant,
    run: runId(1),
    operation: 1,
    name,
    path: `out/${name}`,
    mediaType: 'text/plain',
    blob: digestOf('c'),
    size: 12,
    at: minute(1),
    ...changes,
  };
}

/** Every item of an async iterable. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
