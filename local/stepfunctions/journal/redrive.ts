/** How often an execution has been started again where it failed, and when last. */
export interface Redrive {
  readonly count: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** What the last of these were asked for with, and when. */
  readonly tokens: readonly ClientToken[];
}

export interface ClientToken {
  readonly token: string;
  readonly at: number;
}
