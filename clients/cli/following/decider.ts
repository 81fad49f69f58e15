import type { OpenApproval } from '../timeline/entry.ts';

/** What a person can answer. */
export type Answer = 'approve' | 'deny';

/** Decides the approvals of a run that is followed. */
export interface Decider {
  /** Called whenever the log is up to date, with every approval that is still open. */
  consider(open: readonly OpenApproval[]): Promise<void>;
  /** What the live line should say, in so many columns, instead of what the run waits for. */
  question(width: number): string | undefined;
  close(): void;
}
