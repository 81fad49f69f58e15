import type { Outcome, RunEvent } from '../../domain/events.ts';
import type { RunState } from '../../domain/state.ts';
import { upcast } from '../../domain/upcast.ts';
import type { TenantBlobs } from '../../ports/blobs.ts';
import type { ProgramAnswer } from '../../ports/program-host.ts';
import { fromContent } from '../content.ts';

/** An outcome in the log, with what is needed to make it an answer. */
export interface RecordedAnswer {
  readonly operation: number;
  readonly hash: string;
  readonly at: string;
  readonly outcome: Outcome;
}

/** Collects the outcomes among consecutive events, remembering the hashes of operations requested before them. */
export class AnswerCollector {
  readonly answers: RecordedAnswer[] = [];
  readonly #hashes = new Map<number, string>();

  /** `base` is the state before the first event. */
  constructor(base: RunState | undefined) {
    for (const { operation, hash } of Object.values(base?.open ?? {})) this.#hashes.set(operation, hash);
  }

  add(events: Iterable<RunEvent>): void {
    for (const written of events) {
      const event = upcast(written);
      if (event.type === 'operation.requested') this.#hashes.set(event.payload.operation, event.payload.hash);
      if (event.type === 'operation.completed') {
        this.#push(event.payload.operation, event.at, event.payload.outcome, event.payload.record?.hash);
      }
      if (event.type === 'operation.interrupted') {
        this.#push(event.payload.operation, event.at, interrupted(event.payload.reason));
      }
    }
  }

  #push(operation: number, at: string, outcome: Outcome, recorded?: string): void {
    const hash = recorded ?? this.#hashes.get(operation) ?? '';
    this.#hashes.delete(operation);
    this.answers.push({ operation, hash, at, outcome });
  }
}

/** The answer as a program receives it; large values are fetched from their blobs. */
export async function toProgramAnswer(blobs: TenantBlobs, answer: RecordedAnswer): Promise<ProgramAnswer> {
  const { outcome } = answer;
  if (!outcome.ok) return { ...answer, outcome };
  return { ...answer, outcome: { ok: true, value: await fromContent(blobs, outcome.value) } };
}

function interrupted(reason: string): Outcome {
  return { ok: false, error: { code: 'operation.interrupted', message: reason } };
}
