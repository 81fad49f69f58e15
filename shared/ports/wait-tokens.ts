/** The task token a generation waits on. Never in the log (rule 9). */
export interface WaitToken {
  readonly run: string;
  readonly generation: number;
  readonly token: string;
  /** Answers that the program had been given when it began to wait: whatever comes on top is news. */
  readonly told: number;
}

/** Tokens of one tenant's runs, at most one a run; reads are strongly consistent. */
export interface TenantWaitTokens {
  /** Replaces an older one, unless that is of a higher generation. */
  put(token: WaitToken): Promise<void>;
  get(run: string): Promise<WaitToken | undefined>;
  /** Removes it if it is still this one. */
  delete(token: WaitToken): Promise<void>;
}

export interface WaitTokens {
  forTenant(tenant: string): TenantWaitTokens;
}
