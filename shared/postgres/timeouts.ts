/** Milliseconds. A request at the front door may take 29 s: a statement that fails must leave time to say so. */
export const timeouts = {
  /** A statement of ours takes milliseconds; one that waits for another's lock so long is given up and tried again. */
  statementMs: 10_000,
  lockMs: 5_000,
  /** Until the answer must be here, when the network has died without a word. */
  answerMs: 12_000,
  /** A transaction whose owner says nothing more holds locks no longer than this. */
  silentTransactionMs: 10_000,
  /** The server ends idle sessions: those of frozen functions would keep an Aurora from going to sleep … */
  idleSessionMs: 60_000,
  /** … and what has been idle nearly as long is not used again. */
  trustedIdleMs: 45_000,
  /** Rebuilding and tidying up. */
  longMs: 3_600_000,
} as const;
