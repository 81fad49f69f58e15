/** Limits that workers in spaces keep to; apart from the schemas, so that a worker loads nothing else. */
export const reportLimits = {
  /** Each of standard output and standard error, as JSON text. */
  outputBytes: 1024 * 1024,
  /** Lists of files in a message; longer ones travel as a blob. */
  listBytes: 1024 * 1024,
  /** Digests in one `urls`. */
  urls: 1_000,
  /** A file that a command leaves in the workspace. */
  fileBytes: 100 * 1024 * 1024,
  heartbeatMs: 5_000,
  /** A worker that cannot reach the server for so long kills its command and ends. */
  unreachableMs: 20_000,
} as const;
