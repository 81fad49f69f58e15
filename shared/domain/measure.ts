import { statusOf, waitsFor } from './decide.ts';
import type { RunEvent } from './events.ts';
import type { OperationKind } from './operations.ts';
import type { RunState, RunStatus } from './state.ts';

/** What a run has taken so far, all in milliseconds of the log's clock. */
export interface RunMetrics {
  /** From its creation to its end, or to `until`. */
  readonly durationMs: number;
  /** How long it was in each status; those it never was in are absent. */
  readonly inStatusMs: Readonly<Partial<Record<RunStatus, number>>>;
  /** How long it waited, by what for: `approval`, `signal`, `time`, `child`, `command`. */
  readonly waitingForMs: Readonly<Record<string, number>>;
  /** Operations answered, by kind. */
  readonly operations: Readonly<Partial<Record<OperationKind, number>>>;
  readonly failedOperations: number;
  readonly generations: number;
}

/** Measures a run event by event; pure, and small whatever the length of the log. */
export class Meter {
  readonly #inStatus = new Map<RunStatus, number>();
  readonly #waitingFor = new Map<string, number>();
  readonly #operations = new Map<OperationKind, number>();
  #failed = 0;

  /** To be told of every event of the log, with the state before it. */
  add(before: RunState | undefined, event: RunEvent): void {
    if (before) this.#pass(before, Date.parse(event.at) - Date.parse(before.at));
    if (event.type === 'operation.completed') {
      this.#answered(event.payload.record?.kind ?? before?.open[event.payload.operation]?.kind);
      if (!event.payload.outcome.ok) this.#failed += 1;
    }
    if (event.type === 'operation.interrupted') {
      this.#answered(before?.open[event.payload.operation]?.kind);
      this.#failed += 1;
    }
  }

  /** The measures of a run that stands at `state`; one that goes on is measured up to `until`. */
  metrics(state: RunState, until: number): RunMetrics {
    const end = state.end ? Date.parse(state.end.at) : Math.max(until, Date.parse(state.at));
    if (!state.end) this.#pass(state, end - Date.parse(state.at));
    return {
      durationMs: end - Date.parse(state.createdAt),
      inStatusMs: Object.fromEntries(this.#inStatus),
      waitingForMs: Object.fromEntries(this.#waitingFor),
      operations: Object.fromEntries(this.#operations),
      failedOperations: this.#failed,
      generations: state.generation,
    };
  }

  #pass(state: RunState, ms: number): void {
    grow(this.#inStatus, statusOf(state), ms);
    const reason = waitsFor(state);
    // A pause is a status of its own.
    if (reason !== undefined && reason !== 'paused') grow(this.#waitingFor, reason, ms);
  }

  #answered(kind: OperationKind | undefined): void {
    if (kind) grow(this.#operations, kind, 1);
  }
}

function grow<K>(counts: Map<K, number>, key: K, by: number): void {
  if (by > 0) counts.set(key, (counts.get(key) ?? 0) + by);
}
