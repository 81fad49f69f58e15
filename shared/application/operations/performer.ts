import type { Digest } from '../../domain/content.ts';
import type { Json } from '../../domain/json.ts';
import type {
  Artifact,
  OperationArguments,
  OperationKind,
  OperationResults,
  operationKinds,
} from '../../domain/operations.ts';
import type { TenantBlobs } from '../../ports/blobs.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';

/** Kinds that are done on the spot and recorded once: repeatable and carried ones. */
export type PerformableKind = {
  [K in OperationKind]: (typeof operationKinds)[K] extends 'repeatable' | 'carried' ? K : never;
}[OperationKind];

/** What an operation works on and with. */
export interface Surroundings {
  /** Root of the workspace tree before the operation. */
  readonly tree: Digest | null;
  readonly blobs: TenantBlobs;
  readonly clock: Clock;
  readonly ids: Ids;
}

export interface Performed<K extends PerformableKind> {
  readonly value: OperationResults[K];
  /** The request as it is recorded, where its arguments are too large for that. */
  readonly request?: Json;
  /** Root after the operation, if it may have changed. */
  readonly tree?: Digest | null;
  readonly artifact?: Artifact;
}

/** Does one kind of operation. Throws a `TandemError` that the agent can understand, or fails. */
export type Performer<K extends PerformableKind> = (
  args: OperationArguments[K],
  surroundings: Surroundings,
) => Promise<Performed<K>>;
