import type { Thread } from './thread.ts';

/** The threads of an execution that has failed, as they stood: of states that have not ended, and of their branches. */
export function remainsOf(threads: Iterable<Thread>, root: number): readonly Thread[] {
  const byParent = Map.groupBy(threads, ({ parent, id }) => (id === root ? undefined : parent));
  const found: Thread[] = [];
  const take = (thread: Thread): void => {
    found.push(thread);
    const { kind } = thread.position;
    if (kind === 'parallel' || kind === 'map')
      for (const branch of byParent.get(thread.id) ?? []) take(branch);
  };
  for (const thread of byParent.get(undefined) ?? []) take(thread);
  return found;
}
