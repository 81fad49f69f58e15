/** A task token: opaque to callers; names its execution, and cannot be guessed. */
export function issueToken(execution: number, scheduled: number, secret: string): string {
  return `${execution.toString(36)}.${scheduled.toString(36)}.${secret}`;
}

const pattern = /^([0-9a-z]{1,11})\.[0-9a-z]{1,4}\.[0-9a-f]+$/;

/** The execution that a token belongs to, or `undefined` if it is none of ours. */
export function executionOfToken(token: string): number | undefined {
  const digits = pattern.exec(token)?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 36);
}
