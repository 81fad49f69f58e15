import type { ToldEvent } from './events.ts';
import type { RecordedEvent } from './vector.ts';

/** Attempts after which no pairing is looked for any more: events that are all alike could be tried for ever. */
const mostAttempts = 200_000;

/**
 * Gives every recorded event one of its own among those that came, so that each follows the event that was recorded
 * before it; `undefined` where that cannot be. An event whose predecessor was not recorded may follow any.
 */
export function assign(
  expected: readonly RecordedEvent[],
  actual: readonly ToldEvent[],
  fits: (wanted: RecordedEvent, got: ToldEvent) => boolean,
): ReadonlyMap<RecordedEvent, ToldEvent> | undefined {
  const byId = new Map(expected.map((event) => [event.id, event]));
  const candidates = expected.map((wanted) => actual.filter((got) => fits(wanted, got)));
  const paired = new Map<RecordedEvent, ToldEvent>();
  const taken = new Set<ToldEvent>();
  let attempts = 0;

  const follows = (wanted: RecordedEvent, got: ToldEvent): boolean => {
    const { previousEventId } = wanted;
    if (previousEventId === null) return true;
    if (previousEventId === 0) return got.previousEventId === 0;
    const before = byId.get(previousEventId);
    const pair = before === undefined ? undefined : paired.get(before);
    return pair === undefined || pair.id === got.previousEventId;
  };

  const place = (index: number): boolean => {
    const wanted = expected[index];
    if (wanted === undefined)
      return expected.every((event) => follows(event, paired.get(event) as ToldEvent));
    for (const got of candidates[index] ?? []) {
      if (taken.has(got) || !follows(wanted, got)) continue;
      attempts += 1;
      if (attempts > mostAttempts) return false;
      paired.set(wanted, got);
      taken.add(got);
      if (place(index + 1)) return true;
      paired.delete(wanted);
      taken.delete(got);
    }
    return false;
  };
  return place(0) ? paired : undefined;
}
