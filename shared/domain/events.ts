import type { Role } from './audit/records.ts';
import type { Content, Digest } from './content.ts';
import type { ErasureNote } from './erasure.ts';
import type { Json } from './json.ts';
import type { Artifact, OperationKind } from './operations.ts';

/** Who caused an event: `run` (its own program), `user:<subject>`, `worker`, `system` or `run:<id>`. */
export type Actor = string;

/** A failure as it stands in the log: a stable code, the cause in the user's terms, where it happened. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly details?: Json;
}

/** How an operation ended. */
export type Outcome =
  | { readonly ok: true; readonly value: Content }
  | { readonly ok: false; readonly error: Failure };

/** The worker that claims an operation, so that others can tell whether it still lives. */
export interface Worker {
  readonly kind: 'process' | 'function' | 'task';
  /** Process id, request id or task ARN. */
  readonly id: string;
  /** Start time of the process as the operating system gives it; tells a reused pid apart. */
  readonly started?: string;
}

/** Where a worker was put. */
export interface Placement {
  /** The capacity that took it, by its name. */
  readonly provider: string;
  /** Those that would have come before it, and why they did not take it. */
  readonly instead: readonly { readonly provider: string; readonly reason: string }[];
}

/** The isolation that is active for a run, said plainly in its first event. */
export interface Isolation {
  /** Where the program's code runs. */
  readonly program: 'memory' | 'process' | 'function';
  /** Where its commands run. */
  readonly command: 'none' | 'process' | 'function' | 'task';
}

/** Payloads by event type. `operation` is the number the program issued it under, from 1. */
export interface EventPayloads {
  'run.created': {
    agent: string;
    /** Digest of the version's content. */
    version: Digest;
    /** The version's number as published. */
    number: string;
    /** The alias that led to the version. */
    alias?: string;
    input: Content;
    /** Those of who started it, or of who started the run that called it; absent in old logs. */
    roles?: readonly Role[];
    /** Seed of everything random that answers synchronously in the program (64 hexadecimal characters). */
    seed: string;
    isolation: Isolation;
    /** Root of the workspace tree the run starts with; `null` is an empty workspace. */
    tree: Digest | null;
    session?: string;
    /** How many days after its end it is removed; absent: as its tenant says. */
    retentionDays?: number;
    parent?: { run: string; operation: number; depth: number };
    /** Operations a step may do before it yields; absent: {@link limits.advanceOperations}. */
    operationsPerStep?: number;
  };
  'run.carried': { generation: number };
  /** `suspension`: it was not asked for; the tenant is suspended. */
  'run.paused': { reason?: string; suspension?: true };
  'run.resumed': { reason?: string };
  'run.cancel-requested': { reason?: string };
  'signal.received': { name: string; payload: Json };
  /** An operation that somebody else will settle: claimed and awaited kinds. */
  'operation.requested': {
    operation: number;
    kind: OperationKind;
    hash: Digest;
    request: Content;
    /** ISO time at which a sleep ends, a wait times out or an approval expires. */
    deadline?: string;
  };
  /** `placement`: where there was a choice; absent in old logs. */
  'operation.started': { operation: number; worker: Worker; placement?: Placement };
  /**
   * The outcome of an operation: the only answer a program ever gets. For kinds that are recorded once, `record`
   * carries what `operation.requested` would have.
   */
  'operation.completed': {
    operation: number;
    record?: { kind: OperationKind; hash: Digest; request: Content };
    outcome: Outcome;
    /** Root of the workspace tree after the operation, when it changed. */
    tree?: Digest | null;
    /** Artefact that the operation declared. */
    artifact?: Artifact;
    /** Sequence number of the signal that a `signal.wait` consumed. */
    signal?: number;
  };
  /** Cut off after its claim; its effect may have happened. Answers the operation with `operation.interrupted`. */
  'operation.interrupted': { operation: number; reason: string };
  /** A late outcome of an operation that is answered already: refused and noted. */
  'operation.late': { operation: number; outcome: Outcome };
  'approval.requested': {
    approval: string;
    operation: number;
    /** Hash of the exact operation that the decision is bound to. */
    hash: Digest;
    what: string;
    why?: string;
    impact?: string;
    role?: string;
    details?: Json;
    expiresAt: string;
  };
  'approval.approved': { approval: string; operation: number; hash: Digest; reason?: string };
  'approval.denied': { approval: string; operation: number; hash: Digest; reason?: string };
  'approval.expired': { approval: string; operation: number; hash: Digest };
  'run.succeeded': { output: Content };
  'run.failed': { error: Failure };
  'run.cancelled': { reason?: string };
}

export type EventType = keyof EventPayloads;

/** What the chain covers (rule 1). */
export interface Envelope<T extends EventType = EventType> {
  /** Version of the event's shape; older ones are upcast when read. */
  readonly v: number;
  /** Unique and sortable by time. */
  readonly id: string;
  readonly tenant: string;
  readonly run: string;
  /** From 1, without gaps. */
  readonly seq: number;
  readonly type: T;
  /** ISO 8601 UTC, milliseconds. */
  readonly at: string;
  readonly by: Actor;
  /** Chain hash of the event before; 64 zeros for the first. */
  readonly prev: Digest;
  /** SHA-256 over salt and canonical payload; survives the erasure of the payload. */
  readonly digest: Digest;
}

/** An event of one type as stored: envelope, salt and payload. */
export interface EventOf<T extends EventType> extends Envelope<T> {
  /** Empty once the payload is erased. */
  readonly salt: string;
  readonly payload: EventPayloads[T];
  /** Of the payload only what the log needs is left. */
  readonly erased?: ErasureNote;
}

/** Any event: a union discriminated by `type`. */
export type RunEvent = { [T in EventType]: EventOf<T> }[EventType];

/** An event before it is sealed into the chain. */
export type EventDraft = {
  [T in EventType]: { readonly type: T; readonly by: Actor; readonly payload: EventPayloads[T] };
}[EventType];

/** Where a run's chain ends; kept apart from the events and signed when the run ends. */
export interface Head {
  readonly run: string;
  readonly seq: number;
  /** Chain hash of the last event. */
  readonly hash: Digest;
  readonly signature?: { readonly key: string; readonly value: string };
}

/** Version that new events are written with. */
export const eventVersion = 1;
