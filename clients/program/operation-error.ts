import type { Json } from '../../shared/protocol/json.ts';
import type { OperationKind } from '../../shared/protocol/operations.ts';

/** What is known of an operation that failed. */
export interface OperationFailure {
  readonly code: string;
  readonly message: string;
  readonly details?: Json;
}

/**
 * An operation failed; the run goes on if the program catches it.
 *
 * @example
 * try {
 *   await file.read('notes.md');
 * } catch (error) {
 *   if (!(error instanceof OperationError) || error.code !== 'file.not-found') throw error;
 *   await file.write('notes.md', '');
 * }
 */
export class OperationError extends Error {
  /** Stable code of the cause: `operation.interrupted`, `operation.timed-out`, `policy.denied` … */
  readonly code: string;
  readonly details: Json;
  /** Number of the operation in its run, from 1; 0 when it could not be issued. */
  readonly operation: number;
  readonly kind: OperationKind;

  constructor(kind: OperationKind, operation: number, failure: OperationFailure) {
    super(`${kind}: ${failure.message}`);
    this.name = 'OperationError';
    this.code = failure.code;
    this.details = failure.details ?? null;
    this.operation = operation;
    this.kind = kind;
  }
}
