import { setTimeout as pause } from 'node:timers/promises';
import type { TandemClient } from '../../sdk/client.ts';
import { cleanLine } from '../terminal/clean.ts';
import type { Candidate, LookUp } from './complete.ts';

/** Somebody has pressed a key and waits: longer than this, in milliseconds, is too long. */
const patienceMs = 1_500;

/** How many runs are worth choosing from. */
const newest = 50;

/** Looks names up with a client; where none can be had or none answers in time, there are none. */
export function lookUpWith(connect: () => TandemClient): LookUp {
  return async (what) => {
    try {
      const late = pause(patienceMs, [] as const, { ref: false });
      return await Promise.race([lists[what](connect()), late]);
    } catch {
      return [];
    }
  };
}

const lists: Readonly<
  Record<Parameters<LookUp>[0], (client: TandemClient) => Promise<readonly Candidate[]>>
> = {
  async RUN(client) {
    const { items } = await client.listRuns({ limit: newest });
    return items.map(({ run, agent, status }) => ({ value: run, about: `${agent}, ${status}` }));
  },
  async APPROVAL(client) {
    const { items } = await client.listApprovals({ status: 'pending' });
    return items.map(({ approval, what }) => ({ value: approval, about: cleanLine(what) }));
  },
  async AGENT(client) {
    const { items } = await client.listAgents();
    return items.map(({ agent, description = '' }) => ({ value: agent, about: cleanLine(description) }));
  },
  async KEY(client) {
    const { items } = await client.listKeys({ limit: 200 });
    const good = items.filter(({ revokedAt }) => revokedAt === undefined);
    return good.map(({ key, name }) => ({ value: key, about: cleanLine(name) }));
  },
  async TENANT(client) {
    const { items } = await client.listTenants({ limit: 200 });
    return items.map(({ tenant, name = '' }) => ({ value: tenant, about: cleanLine(name) }));
  },
};
