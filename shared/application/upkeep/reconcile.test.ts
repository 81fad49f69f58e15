import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventDraft } from '../../domain/events.ts';
import { MemoryDisk } from '../../memory/disk.ts';
import { MemoryDisposal } from '../../memory/disposal.ts';
import { MemoryEventLog } from '../../memory/event-log.ts';
import { MemoryExports } from '../../memory/exports.ts';
import { MemoryProjections } from '../../memory/projections.ts';
import { MemoryQueue } from '../../memory/queue.ts';
import { MemoryRecords } from '../../memory/records.ts';
import { MemoryRunWatch } from '../../memory/run-watch.ts';
import { SeededIds } from '../../memory/seeded-ids.ts';
import { VirtualClock } from '../../memory/virtual-clock.ts';
import { MemoryWaitTokens } from '../../memory/wait-tokens.ts';
import { type App, createApp } from '../app.ts';
import type { Ports } from '../ports.ts';
import { reconcileDue } from './reconcile.ts';

const which = { tenant: 'acme', run: 'run_00000000000000000000000001' };
const digest = 'a'.repeat(64);

/** A process whose engine carries every run and whose workers are all dead. */
function app(clock: VirtualClock): App {
  const disk = new MemoryDisk().open();
  const ports: Partial<Ports> = {
    log: new MemoryEventLog(disk),
    projections: new MemoryProjections(disk),
    records: new MemoryRecords(disk),
    exports: new MemoryExports(),
    disposal: new MemoryDisposal(disk),
    tokens: new MemoryWaitTokens(disk),
    reconcileQueue: new MemoryQueue(disk, { name: 'reconcile', clock }),
    watch: new MemoryRunWatch(clock),
    ids: new SeededIds(1, clock),
    engine: { describe: async () => ({ status: 'running' }) } as unknown as Ports['engine'],
    launcher: { alive: async () => false, stop: async () => {} } as unknown as Ports['launcher'],
    clock,
  };
  return createApp(ports as Ports);
}

/** Adds the next command of the run, claimed by a worker. */
function claimed(operation: number): EventDraft[] {
  const request = { kind: 'command.run', hash: digest, request: { inline: { command: 'true' } } } as const;
  const worker = { kind: 'process', id: String(operation), started: 'once' } as const;
  return [
    { type: 'operation.requested', by: 'run', payload: { operation, ...request } },
    { type: 'operation.started', by: 'worker', payload: { operation, worker } },
  ];
}

const created: EventDraft = {
  type: 'run.created',
  by: 'user:ann',
  payload: {
    agent: 'writer',
    version: digest,
    number: '1.0.0',
    input: { inline: null },
    seed: digest,
    isolation: { program: 'memory', command: 'process' },
    tree: null,
  },
};

test('a server killed again and again finds what it cut off each time it comes up', async () => {
  const clock = new VirtualClock();
  const its = app(clock);
  const carried: EventDraft = { type: 'run.carried', by: 'system', payload: { generation: 1 } };
  await its.runs.append(undefined, its.runs.seal(which, [created, carried]));
  for (const operation of [1, 2, 3]) {
    await its.runs.update(which.tenant, which.run, () => claimed(operation));
    clock.advance(500);

    await reconcileDue(its, new Date(clock.now() + 120_000).toISOString());

    const { open } = await its.runs.load(which.tenant, which.run);
    assert.deepEqual(Object.keys(open), [], `the claim of operation ${operation}`);
  }
});
