import { SeededIds } from '../../shared/memory/seeded-ids.ts';

/** Decides where several things could happen. */
export interface Chooser {
  /** A whole number from 0 up to `count` - 1. */
  pick(count: number): number;
  /** True with a probability. */
  chance(probability: number): boolean;
}

/** Decides by a seed: the same seed decides the same. */
export function seededChooser(seed: number): Chooser {
  const random = new SeededIds(seed, { now: () => 0 });
  return {
    pick: (count) => (count <= 1 ? 0 : Math.floor(random.random() * count)),
    chance: (probability) => probability > 0 && random.random() < probability,
  };
}

/** Lets everything happen in the order it was asked for. */
export const inOrder: Chooser = { pick: () => 0, chance: () => false };

/** One of many, by a chooser. */
export function oneOf<T>(chooser: Chooser, list: readonly T[]): T {
  return list[chooser.pick(list.length)] as T;
}

/**
 * Tries every combination of choices, depth first: calls `attempt` with one chooser after the other until all have been
 * made. Returns how many there were. For small worlds only.
 */
export async function everyOrder(attempt: (chooser: Chooser) => Promise<void>): Promise<number> {
  let path: { made: number; of: number }[] = [];
  for (let attempts = 1; ; attempts += 1) {
    let depth = 0;
    const taken = path;
    await attempt({
      chance: () => false,
      pick(of) {
        if (of <= 1) return 0;
        taken[depth] ??= { made: 0, of };
        depth += 1;
        return taken[depth - 1]?.made ?? 0;
      },
    });
    path = taken.slice(0, depth);
    while (path.length > 0 && isExhausted(path[path.length - 1])) path.pop();
    const last = path[path.length - 1];
    if (!last) return attempts;
    last.made += 1;
  }
}

function isExhausted(choice: { made: number; of: number } | undefined): boolean {
  return choice !== undefined && choice.made + 1 >= choice.of;
}
