/** What is exported as one file. */
export interface ExportedRuns {
  readonly tenant: string;
  readonly run: string;
  /** Whether the runs that it has called, and those below them, are in the file as well. */
  readonly children: boolean;
}

/** Makes addresses from which exports are fetched. */
export interface Exports {
  /** An address that gives this one file for `expiresIn` seconds, with no other credential. */
  signedUrl(runs: ExportedRuns, expiresIn: number): Promise<string>;
}
