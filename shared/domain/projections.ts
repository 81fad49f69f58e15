import type { BlobRef, Digest } from './content.ts';
import type { Failure } from './events.ts';
import type { Json } from './json.ts';
import type { RunStatus } from './state.ts';

/** A run as lists show it. */
export interface RunRow {
  readonly tenant: string;
  readonly run: string;
  readonly agent: string;
  readonly version: Digest;
  readonly number: string;
  readonly alias?: string;
  readonly session?: string;
  readonly parent?: string;
  readonly status: RunStatus;
  /** What it waits for, in words, when waiting: `approval`, `signal`, `time`, `child`, `command`. */
  readonly waitingFor?: string;
  readonly createdAt: string;
  readonly endedAt?: string;
  readonly error?: Failure;
}

/** An approval as lists show it. */
export interface ApprovalRow {
  readonly tenant: string;
  readonly approval: string;
  readonly run: string;
  readonly agent: string;
  readonly operation: number;
  readonly hash: Digest;
  readonly status: 'pending' | 'approved' | 'denied' | 'expired' | 'void';
  readonly what: string;
  readonly why?: string;
  readonly impact?: string;
  readonly role?: string;
  readonly details?: Json;
  readonly requestedAt: string;
  readonly expiresAt: string;
  readonly decidedAt?: string;
  readonly decidedBy?: string;
  readonly reason?: string;
}

export interface ArtifactRow extends BlobRef {
  readonly tenant: string;
  readonly run: string;
  readonly operation: number;
  readonly name: string;
  readonly path: string;
  readonly mediaType: string;
  readonly at: string;
}

/** When the reconciler must look at a run; ended and tidied runs have none (rule 11). */
export interface DueRow {
  readonly tenant: string;
  readonly run: string;
  /** ISO time, or `null`: never again. */
  readonly checkAt: string | null;
}

/** A run that has ended, and until when it is kept. */
export interface EndedRow {
  readonly tenant: string;
  readonly run: string;
  readonly endedAt: string;
  /** When its own time is over; absent: its tenant says how long. */
  readonly removeAt?: string;
}

/** What an append changes in the projections: rows to put, by their key; committed with the events. */
export type ProjectionChange =
  | { readonly kind: 'run'; readonly row: RunRow }
  | { readonly kind: 'approval'; readonly row: ApprovalRow }
  | { readonly kind: 'artifact'; readonly row: ArtifactRow }
  | { readonly kind: 'due'; readonly row: DueRow }
  | { readonly kind: 'ended'; readonly row: EndedRow };
