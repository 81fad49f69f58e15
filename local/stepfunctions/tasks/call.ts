import type { Json } from '../../../shared/domain/json.ts';
import type { JsonData } from '../data-flow/json-data.ts';
import type { MapRunOrder } from '../map-runs/order.ts';
import type { ServiceResource } from './resource.ts';

/** What a task calls. */
export type Target =
  | { readonly kind: 'function'; readonly functionName: string; readonly payload: JsonData }
  | { readonly kind: 'service'; readonly resource: ServiceResource; readonly parameters: Json }
  | { readonly kind: 'activity'; readonly arn: string; readonly input: JsonData }
  | MapRunTarget;

/** The child executions of a distributed Map. */
export interface MapRunTarget {
  readonly kind: 'map-run';
  readonly uuid: string;
  readonly label: string;
  readonly arn: string;
  /** What is asked of it. Throws `Deferred` for what is not settled, and `StateFailure`. */
  order(settled: ReadonlyMap<string, unknown>): MapRunOrder;
}

/** Something to be called, for the task whose scheduling is the event `scheduled`. */
export interface RequestedCall {
  readonly target: Target;
  /** Name of the state. */
  readonly state: string;
  readonly scheduled: number;
  /** Whether the task ends by what the call returns, by the end of the job it starts, or by its token. */
  readonly pattern: 'request' | 'sync' | 'token';
  /** Set when the target may be given a task token to pass on. */
  readonly token: string | undefined;
  /** What the call has returned already, where only the end of the job is awaited. */
  readonly submission?: JsonData | undefined;
  /** Seconds it may take. */
  readonly timeout: number | undefined;
  readonly heartbeat: number | undefined;
}

export interface Call extends RequestedCall {
  /** The thread that waits for it. */
  readonly thread: number;
}
