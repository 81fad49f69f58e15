import { problemOf } from '../problem.ts';

/** How something is that the doctor has looked at. */
export interface Finding {
  readonly ok: boolean;
  /** What was found. */
  readonly found: string;
  /** What to do about it, one sentence; when it is not well. */
  readonly remedy?: string;
}

/** What the doctor looked at. */
export interface Check extends Finding {
  readonly name: string;
}

/** Looks at one thing; whatever goes wrong with it is a finding too, and leaves the others alone. */
export async function check(name: string, look: () => Finding | Promise<Finding>): Promise<Check> {
  try {
    return { name, ...(await look()) };
  } catch (error) {
    const { message, remedy } = problemOf(error);
    return { name, ok: false, found: message, remedy };
  }
}
