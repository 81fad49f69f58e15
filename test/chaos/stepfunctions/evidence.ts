import type { Life } from '../evidence.ts';
import type { Acknowledged } from './workers.ts';

/** An event as the API tells it, as far as checks look at it. */
export interface FoundEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  readonly stateEnteredEventDetails?: { readonly name: string };
  readonly [details: string]: unknown;
}

export interface FoundExecution {
  readonly status: string;
  readonly output?: string | undefined;
  readonly events: readonly FoundEvent[];
}

/** An execution whose start the server has acknowledged. */
export interface StartedExecution {
  readonly name: string;
  readonly expected: string;
}

/** All that is known when everything has come to rest. */
export interface EngineEvidence {
  readonly lives: readonly Life[];
  readonly started: readonly StartedExecution[];
  /** By name. */
  readonly found: ReadonlyMap<string, FoundExecution>;
  /** Keys of the attempts whose function was called, which is none that may be repeated. */
  readonly called: readonly string[];
  readonly acknowledged: readonly Acknowledged[];
  readonly complaints: readonly string[];
}
