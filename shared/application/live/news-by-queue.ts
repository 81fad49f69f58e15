import { LRUCache } from 'lru-cache';
import type { Clock } from '../../ports/clock.ts';
import type { Connections } from '../../ports/connections.ts';
import type { News } from '../../ports/news.ts';
import type { Queue } from '../../ports/queue.ts';
import type { Live } from './live.ts';

/** How long a writer goes by what it knows of a run's subscribers, in milliseconds. */
const rememberedMs = 1_000;

/**
 * When a new subscriber's run is looked at again: later than any writer, whose look may itself be a second behind, still
 * takes it for one that nobody listens to.
 */
const againSeconds = 3;

interface Parts {
  readonly queue: Queue;
  readonly connections: Pick<Connections, 'hasSubscribers'>;
  readonly clock: Clock;
}

/**
 * News by a queue, for the runs that somebody listens to. Most runs have no listener: asking once a second of a run's
 * work costs a small read, where a message for each append would cost a message, and a function that finds nobody.
 */
export function newsByQueue({ queue, connections, clock }: Parts): News & Required<Pick<Live, 'lookAgain'>> {
  const known = new LRUCache<string, { readonly heard: boolean; readonly until: number }>({ max: 1_000 });
  const isHeard = async (tenant: string, run: string): Promise<boolean> => {
    const key = `${tenant}/${run}`;
    const before = known.get(key);
    if (before && before.until > clock.now()) return before.heard;
    const heard = await connections.hasSubscribers(tenant, run);
    known.set(key, { heard, until: clock.now() + rememberedMs });
    return heard;
  };
  return {
    async appended(tenant, run, seq) {
      try {
        if (await isHeard(tenant, run)) await queue.send({ tenant, run, seq });
      } catch {
        // A hint that is lost: clients ask for what they miss.
      }
    },
    async lookAgain(tenant, run, seq) {
      await queue.send({ tenant, run, seq }, { delaySeconds: againSeconds }).catch(() => undefined);
    },
  };
}
