import type { Failure } from '../../domain/events.ts';
import type { Json } from '../../domain/json.ts';
import type { OperationKind } from '../../domain/operations.ts';
import type { Principal } from '../../ports/identity.ts';

export interface TranscriptUseCases {
  /** What was said in a run, in order, from its log. */
  readTranscript(caller: Principal, run: string, query: TranscriptQuery): Promise<Transcript>;
}

export interface TranscriptQuery {
  /** Sequence number of the last event that is known; 0: from the start. */
  readonly after: number;
  /** Events that are told, at most. */
  readonly limit: number;
}

export interface Transcript {
  readonly lines: readonly TranscriptLine[];
  /** Where the next page begins; absent when the log holds no more now. */
  readonly next?: number;
}

/** A value, or where a long one can be fetched. */
export interface SaidValue {
  readonly value?: Json;
  readonly valueUrl?: string;
}

interface Said {
  readonly seq: number;
  readonly at: string;
  readonly by: string;
}

/** What one line tells, without where it stands. */
export type Saying =
  | (SaidValue & {
      readonly type: 'input';
      readonly run: string;
      readonly agent: string;
      readonly version: string;
      readonly number: string;
      readonly session?: string;
      readonly parent?: { readonly run: string; readonly operation: number };
    })
  | (SaidValue & { readonly type: 'request'; readonly operation: number; readonly kind: OperationKind })
  | (SaidValue & {
      readonly type: 'answer';
      readonly operation: number;
      readonly ok: boolean;
      readonly error?: Failure;
    })
  | {
      readonly type: 'approval';
      readonly approval: string;
      readonly operation: number;
      readonly what: string;
      readonly role?: string;
      readonly expiresAt: string;
    }
  | {
      readonly type: 'decision';
      readonly approval: string;
      readonly operation: number;
      readonly decision: 'approved' | 'denied' | 'expired';
      readonly reason?: string;
    }
  | (SaidValue & { readonly type: 'signal'; readonly name: string })
  | { readonly type: 'control'; readonly control: 'pause' | 'resume' | 'cancel'; readonly reason?: string }
  | (SaidValue & {
      readonly type: 'end';
      readonly status: 'succeeded' | 'failed' | 'cancelled';
      readonly error?: Failure;
      readonly reason?: string;
    });

export type TranscriptLine = Said & Saying;
