import type { RunEvent } from '../../shared/domain/events.ts';
import type { Json } from '../../shared/domain/json.ts';
import type { ApprovalRow, RunRow } from '../../shared/domain/projections.ts';
import type { WitnessLine } from './witness.ts';

/** How a run must end. */
export interface Expected {
  readonly status: 'succeeded' | 'failed' | 'cancelled';
  /** Absent when it depends on what was cut off. */
  readonly output?: Json;
}

/** A run whose creation the server has acknowledged. */
export interface StartedRun {
  readonly run: string;
  readonly shape: string;
  readonly expected: Expected;
}

export type ActKind = 'approve' | 'deny' | 'signal' | 'pause' | 'resume' | 'cancel';

/** What a person did to a run. */
export interface Act {
  readonly run: string;
  readonly kind: ActKind;
  /** In the event's reason or payload, and nowhere else. */
  readonly mark: string;
  /** Whether the server said yes, then or when asked again. */
  readonly acknowledged: boolean;
}

/** A run as the server tells of it in the end. */
export interface FoundRun {
  readonly events: readonly RunEvent[];
  readonly output?: Json;
  /** What the server's own verification found, in words. */
  readonly doubts: readonly string[];
}

/** A process that should be gone. */
export interface Leftover {
  readonly pid: number;
  readonly command: string;
  /** When it was seen, in words. */
  readonly seen: string;
}

/**
 * When a server is killed: before it listens, right after it has come up, right after it has acknowledged a run or
 * while somebody acts on one, while a command runs, at any time, while it stops in good order.
 */
export type Phase = 'boot' | 'risen' | 'accept' | 'act' | 'command' | 'any' | 'stop';

/** One server process, from exec to its end. Times in milliseconds since the epoch. */
export interface Life {
  readonly execAt: number;
  /** When it said that it listens. */
  readonly readyAt?: number;
  readonly killedAt?: number;
  readonly phase?: Phase;
}

/** All that is known when everything has come to rest; what is checked. */
export interface Evidence {
  readonly lives: readonly Life[];
  readonly started: readonly StartedRun[];
  readonly acts: readonly Act[];
  /** By run, children included. */
  readonly found: ReadonlyMap<string, FoundRun>;
  readonly lists: { readonly runs: readonly RunRow[]; readonly approvals: readonly ApprovalRow[] };
  readonly witness: readonly WitnessLine[];
  readonly leftovers: readonly Leftover[];
  /** Names of what is left in the folder of temporary files. */
  readonly litter: readonly string[];
  /** What else went wrong, in words: refused requests, errors in the server's log, a crash. */
  readonly complaints: readonly string[];
}

/** Something that must not be. */
export interface Finding {
  /** The check that found it. */
  readonly check: string;
  readonly run?: string;
  readonly message: string;
}
