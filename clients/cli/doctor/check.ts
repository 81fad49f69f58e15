/** What the doctor looked at. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** What was found. */
  readonly found: string;
  /** What to do about it, one sentence; when it is not well. */
  readonly remedy?: string;
}
