/** Tells waiting requests that a run's log has grown. A hint: what was missed is found by reading. */
export interface RunWatch {
  appended(tenant: string, run: string, seq: number, ended: boolean): void;
  /** Resolves when the run's log is known to reach beyond `after`, when `signal` aborts, or after `timeoutMs`. */
  beyond(tenant: string, run: string, wait: RunWait & { readonly after: number }): Promise<void>;
  /** Resolves when the run is known to have ended, when `signal` aborts, or after `timeoutMs`. */
  ended(tenant: string, run: string, wait: RunWait): Promise<void>;
}

export interface RunWait {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}
