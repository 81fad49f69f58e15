import { PostgresEventLog } from '../../shared/postgres/event-log.ts';
import { openPostgresStore } from '../../shared/postgres/store.ts';
import { Chain, minute, runId, runRow, tenant } from '../../test/contract/fixtures.ts';
import { type Cluster, connected, startCluster } from '../../test/support/postgres/cluster.ts';
import { findPostgres, missingPostgres } from '../../test/support/postgres/find.ts';
import { startRelay } from '../../test/support/postgres/relay.ts';
import type { Scenario } from '../bench.ts';
import { below, type Figure } from '../figure.ts';
import { type Distribution, distribution } from '../stats.ts';

const times = 2_000;
/** Connection, plans and caches. */
const warmUp = 200;

export const postgres: Scenario = {
  name: 'postgres',
  about: 'Appends to PostgreSQL on this machine, one after the other, every commit synced',
  async measure() {
    const programs = findPostgres();
    if (programs === undefined) throw new Error(missingPostgres);
    const cluster = await startCluster(programs, { synced: true });
    try {
      return await figures(cluster);
    } finally {
      await cluster.stop();
    }
  },
};

async function figures(cluster: Cluster): Promise<readonly Figure[]> {
  const bare = await bareInserts(cluster);
  const appends = await measuredAppends(cluster.address, times);
  return [
    { name: 'bare INSERT, committed', unit: 'ms', value: bare, targets: [] },
    {
      name: 'append',
      unit: 'ms',
      value: appends,
      targets: [],
      note: 'an event of 400 bytes, head, run, due',
    },
    { name: 'append ÷ bare INSERT, p50', unit: 'ratio', value: appends.p50 / bare.p50, targets: [] },
    {
      name: 'round trips of an append',
      unit: 'ratio',
      value: await roundTrips(cluster),
      targets: [below('value', 1.01)],
    },
  ];
}

function bareInserts({ address }: Cluster): Promise<Distribution> {
  return connected(address, async (client) => {
    await client.query('CREATE TABLE bare (number integer PRIMARY KEY, event text NOT NULL)');
    const text = 'INSERT INTO bare VALUES ($1, $2)';
    const event = 'x'.repeat(800);
    return timed(times, (number) => client.query({ name: 'insert', text, values: [number, event] }));
  });
}

async function measuredAppends(address: string, count: number): Promise<Distribution> {
  const store = openPostgresStore({ address, auth: 'password' });
  const log = new PostgresEventLog(store).forTenant(tenant);
  try {
    return await timed(count, (number) => {
      const run = runId(number);
      return log.append({
        ...new Chain(run).next(1, 'x'.repeat(400)),
        projections: [
          { kind: 'run', row: runRow(run) },
          { kind: 'due', row: { tenant, run, checkAt: minute(1) } },
        ],
      });
    });
  } finally {
    await store.close();
  }
}

/** Counted between the client and the server, over appends on a connection that is there. */
async function roundTrips(cluster: Cluster): Promise<number> {
  let close = (): void => undefined;
  const holder = {
    after: (work: () => void) => {
      close = work;
    },
  };
  const relay = await startRelay(holder, cluster.port);
  const store = openPostgresStore({ address: cluster.at(relay.port), schema: 'counted', auth: 'password' });
  const log = new PostgresEventLog(store).forTenant(tenant);
  const chain = new Chain(runId(1));
  await log.append(chain.next());
  const before = relay.roundTrips;
  for (let number = 0; number < 100; number += 1) await log.append(chain.next());
  const counted = relay.roundTrips - before;
  await store.close();
  close();
  return counted / 100;
}

async function timed(count: number, work: (number: number) => Promise<unknown>): Promise<Distribution> {
  const samples: number[] = [];
  for (let number = 0; number < warmUp + count; number += 1) {
    const began = performance.now();
    await work(number);
    if (number >= warmUp) samples.push(performance.now() - began);
  }
  return distribution(samples);
}
