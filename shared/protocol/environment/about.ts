import type * as z from 'zod';

/** Who reads a variable; those of workers and functions are set by what starts them, never by people. */
export type Reader = 'server' | 'command line' | 'worker' | 'function';

/** What is to be known about an environment variable. */
export interface About<R extends Reader = Reader> {
  readonly readers: readonly R[];
  /** What it is for: one sentence with a full stop. */
  readonly meaning: string;
  /** What it takes, in the words of an error: `a whole number from 0 to 65535`. */
  readonly takes: string;
  /** What holds when it is not set, in words. */
  readonly otherwise: string;
  /** The option of the command line that wins over it, without its dashes. */
  readonly flag?: string;
  /** Its value is never shown or logged. */
  readonly secret?: true;
}

/** A variable that may be absent. */
export interface Setting<S extends z.ZodType = z.ZodType, R extends Reader = Reader> {
  /** Made when somebody has set it: schemas take long to make, and of all variables a process reads a few. */
  readonly schema: () => S;
  readonly about: About<R>;
}

export const setting = <S extends z.ZodType, R extends Reader>(
  schema: () => S,
  about: About<R>,
): Setting<S, R> => ({ schema, about });
