/** How a command ends; scripts may rely on these. Shown by `tandem help`. */
export const exitCodes = {
  /** Done; a run that was followed has succeeded. */
  ok: 0,
  /** The run failed or was cancelled, a check found something, or the server refused the request. */
  failed: 1,
  /** What was typed cannot be understood. */
  usage: 2,
  /** No server answers. */
  unreachable: 3,
  /** With `--once`: a person has to approve first. */
  approvalWaits: 4,
  /** Stopped by Ctrl-C; the run goes on. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
