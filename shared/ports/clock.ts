/** Time as a port: nothing in the core reads the system's. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once, at or after `at` (milliseconds since the epoch); returns how to call it off. */
  at(at: number, callback: () => void): () => void;
}
