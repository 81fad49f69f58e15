/** What is said of a token on which nobody waits, or that is none. */
export const namesNobody: readonly string[] = ['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'];

/** Whether a service refused by one of these names; what was not refused by it, but failed on the way, never is. */
export function isNamed(error: unknown, names: readonly string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}
