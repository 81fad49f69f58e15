import { type Refusal, type Verdict, verdictOn } from './verdict.ts';

/** What randomness and waiting come from. */
export interface Pacing {
  /** In [0, 1). */
  random(): number;
  pause(milliseconds: number): Promise<void>;
}

/** A condition that did not hold: nothing has been written. */
export class WriteRefused extends Error {
  /** By the place of each write; those that were in order are absent. */
  readonly items: readonly (Refusal | undefined)[];

  constructor(items: readonly (Refusal | undefined)[]) {
    super('A condition did not hold.');
    this.name = 'WriteRefused';
    this.items = items;
  }
}

/** How often something is tried, by what stands in its way; what the client has tried by itself comes on top. */
const attempts = { again: 12, passing: 4 } as const;

/** Bounds of a pause in milliseconds: up to twice as long each time. */
const pauses = { first: 20, longest: 1_000 } as const;

/**
 * Does the work again, unchanged, as long as that can help, with pauses of full jitter. Throws {@link WriteRefused} for a
 * condition that does not hold, and everything else as it came.
 */
export async function patiently<T>({ random, pause }: Pacing, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const verdict = verdictOn(error);
      if (verdict.kind === 'refused') throw new WriteRefused(verdict.items);
      if (!isWorthAnother(verdict, attempt)) throw error;
      const longest = Math.min(pauses.first * 2 ** (attempt - 1), pauses.longest);
      await pause(random() * longest);
    }
  }
}

function isWorthAnother({ kind }: Verdict, attempt: number): boolean {
  return (kind === 'again' || kind === 'passing') && attempt < attempts[kind];
}
