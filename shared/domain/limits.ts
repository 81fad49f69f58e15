/** The limits of rule 18 and rule 16: the narrowest place sets them everywhere. Sizes in bytes, times in milliseconds. */
export const limits = {
  /** Request and response bodies at the front door. */
  bodyBytes: 5 * 1024 * 1024,
  /** The longest a request may wait for news (`wait=`). */
  waitMs: 20_000,
  appendEvents: 25,
  appendBytes: 1024 * 1024,
  /** A payload above this spills into a blob. */
  inlineBytes: 128 * 1024,
  /** State input and output of the run machine. */
  stateBytes: 64 * 1024,
  pageEvents: 1_000,
  pageBytes: 4 * 1024 * 1024,
  /** Rows of one page of a list, unless it asks for fewer or more … */
  pageRows: 50,
  /** … and at most. */
  pageRowsMax: 200,
  /** Advance starts no operation after this time … */
  advanceMs: 20_000,
  /** … or this many operations. */
  advanceOperations: 100,
  /** An execution hands over to its successor after this many loops … */
  executionLoops: 1_000,
  /** … or this age. */
  executionMs: 300 * 24 * 3_600_000,
  /** State is snapshotted every so many events. */
  snapshotEvents: 500,
  /** Commands up to this timeout run in the space function; longer ones in a task. */
  functionCommandMs: 10 * 60_000,
  commandTimeoutMs: { min: 1_000, max: 3_600_000, default: 30_000 },
  commandCharacters: 4_096,
  pathCharacters: 255,
  fileBytes: 10 * 1024 * 1024,
  /** An upload; and a file that a command leaves. */
  uploadBytes: 100 * 1024 * 1024,
  /** JSON text of an input that was uploaded. */
  inputBytes: 10 * 1024 * 1024,
  /** Operations that may be open at once in one run. */
  openOperations: 1_000,
  /** Signals kept for a run that does not wait for them yet; they travel with its state, so both are small. */
  pendingSignals: 100,
  signalBytes: 32 * 1024,
  /** Of a tenant. */
  webhooks: 50,
  childDepth: 8,
  /** Generations without a new event of the agent before the run is stuck. */
  barrenGenerations: 3,
  /** How long an approval waits when its request names no expiry. */
  approvalMs: 7 * 24 * 3_600_000,
  /** API keys of a tenant that are good at the same time. */
  tenantKeys: 1_000,
  idempotencyMs: 24 * 3_600_000,
} as const;
