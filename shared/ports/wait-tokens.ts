/** The task token a generation waits on. Never in the log (rule 9). */
export interface WaitToken {
  readonly run: string;
  readonly generation: number;
  /** Which wait of the generation this is: rises from one to the next. */
  readonly loop: number;
  readonly token: string;
  /** Answers that the program had been given when it began to wait: whatever comes on top is news. */
  readonly told: number;
}

/** Tokens of one tenant's runs, at most one a run; reads are strongly consistent. */
export interface TenantWaitTokens {
  /** Replaces the one that is there, unless that is of a higher generation or a later wait. */
  put(token: WaitToken): Promise<void>;
  get(run: string): Promise<WaitToken | undefined>;
  /** Removes it if it is still this one. */
  delete(token: WaitToken): Promise<void>;
}

export interface WaitTokens {
  forTenant(tenant: string): TenantWaitTokens;
}
