import { createHash } from 'node:crypto';

/** Partitions that what concerns all tenants is spread over. Changing it takes a rebuild of the projections. */
export const shardCount = 8;

/** All partitions of something: `due#0` … */
export function shardsOf(name: string): readonly string[] {
  return Array.from({ length: shardCount }, (_, number) => `${name}#${number}`);
}

/** The partition that something belongs to. */
export function shardOf(name: string, ...ids: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(ids)).digest();
  return `${name}#${digest.readUInt32BE() % shardCount}`;
}

/** What several lists hold, each in order, as one in order. */
export async function* merged<T>(
  lists: readonly AsyncGenerator<T>[],
  key: (item: T) => string,
): AsyncGenerator<T> {
  const nexts = await Promise.all(lists.map((list) => list.next()));
  try {
    for (;;) {
      let least = -1;
      for (const [index, next] of nexts.entries()) {
        if (next.done) continue;
        const best = nexts[least];
        if (!best || best.done || key(next.value) < key(best.value)) least = index;
      }
      const next = nexts[least];
      const list = lists[least];
      if (!next || next.done || !list) return;
      yield next.value;
      nexts[least] = await list.next();
    }
  } finally {
    await Promise.all(lists.map((list) => list.return(undefined)));
  }
}
