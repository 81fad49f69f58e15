/** Work that a request sets going and does not wait for: after the answer in a server, before it in a function. */
export interface Background {
  /** Resolves when the request may be answered. Failures are logged: the reconciler makes up for them. */
  run(work: () => Promise<void>): Promise<void>;
}
