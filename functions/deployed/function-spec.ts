/**
 * What a function may touch, by name; what it is not given it cannot reach. Each right becomes statements of its role and
 * the variables that say where the thing is.
 */
export type Right =
  /** The tables (or the database) that hold logs and records. */
  | 'store:read'
  | 'store:write'
  /** The bucket of blobs. */
  | 'blobs:read'
  | 'blobs:write'
  | 'blobs:delete'
  /** Starts, describes and stops executions of the run machine. */
  | 'engine:run'
  /** Answers task tokens. */
  | 'engine:answer'
  /** Sends to, or is fed by, the queue of runs that the reconciler is asked to look at. */
  | 'reconcile:send'
  | 'reconcile:consume'
  /** Sends to, or is fed by, the queue of refusals that the audit logs are to hold. */
  | 'refusals:send'
  | 'refusals:consume'
  /** Sends to, or is fed by, the queue of news that subscribers are told. */
  | 'live:send'
  | 'live:consume'
  /** Sends to connections of the WebSocket API. */
  | 'connections:send'
  /** Asks programs what they want next. */
  | 'programs:invoke'
  /** Starts, describes and stops workers in spaces. */
  | 'workers:run'
  /** Keys, each a secret of its own. */
  | 'key:tickets'
  | 'key:heads'
  | 'key:webhooks';

/** One Lambda function of a deployment. */
export interface FunctionSpec {
  /** In kebab case, unique: its name is `tandem-<stage>-<name>`. */
  readonly name: string;
  /** For the tag `purpose`, and for whoever reads the console: one sentence without a full stop. */
  readonly purpose: string;
  /** The module that exports `handler`, as source text whose imports start at the project's root (`./functions/…`). */
  readonly source: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly rights: readonly Right[];
  /** At most so many at once, where more would harm the data or others. */
  readonly reservedConcurrency?: number;
}
