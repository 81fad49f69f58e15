import assert from 'node:assert/strict';
import { taskHandlers } from '../../functions/tasks/handlers.ts';
import { createApp } from '../../shared/application/app.ts';
import type { Ports } from '../../shared/application/ports.ts';
import { MemoryAgents } from '../../shared/memory/agents.ts';
import { MemoryAuditLog } from '../../shared/memory/audit-log.ts';
import { MemoryBlobs } from '../../shared/memory/blobs.ts';
import { MemoryDisk } from '../../shared/memory/disk.ts';
import { MemoryDisposal } from '../../shared/memory/disposal.ts';
import { MemoryEventLog } from '../../shared/memory/event-log.ts';
import { MemoryExports } from '../../shared/memory/exports.ts';
import { MemoryOutbox } from '../../shared/memory/outbox.ts';
import { MemoryProjections } from '../../shared/memory/projections.ts';
import { MemoryQueue } from '../../shared/memory/queue.ts';
import { MemoryRecords } from '../../shared/memory/records.ts';
import { MemoryRunWatch } from '../../shared/memory/run-watch.ts';
import { SeededIds } from '../../shared/memory/seeded-ids.ts';
import { VirtualClock } from '../../shared/memory/virtual-clock.ts';
import { MemoryWaitTokens } from '../../shared/memory/wait-tokens.ts';
import { MemoryWebhookSender } from '../../shared/memory/webhook-sender.ts';
import { HmacTickets } from '../../shared/system/hmac-tickets.ts';
import { HmacWebhookSecrets } from '../../shared/system/hmac-webhook-secrets.ts';
import { signer } from '../simulation/ports.ts';
import { type GoldenLog, type GoldenStep, retell, type StepEffect } from './golden.ts';

/** Gives a function of today a step of a release, on the log that its run had then, one second after its last event. */
export async function performStep(
  { task, seq, input }: Pick<GoldenStep, 'task' | 'seq' | 'input'>,
  log: Pick<GoldenLog, 'events'>,
): Promise<StepEffect> {
  const events = log.events.slice(0, seq);
  const { state, rows } = retell(events);
  const asked: string[] = [];
  const ports = makePorts(new VirtualClock(Date.parse(state.at) + 1_000), asked);
  const { tenant, run, hash } = state;
  const its = ports.log.forTenant(tenant);
  await its.append({ run, expected: 0, events, head: { run, seq, hash }, projections: rows });
  const output = JSON.parse(await taskHandlers(createApp(ports))[task](JSON.stringify(input)));
  const page = await its.read(run, seq);
  assert.equal(page.more, false);
  return { output, appended: page.events.map(({ type }) => type), asked };
}

/** In memory; a program that ends as soon as it is asked; engine and workers write down what they are asked for. */
function makePorts(clock: VirtualClock, asked: string[]): Ports {
  const disk = new MemoryDisk().open();
  const note = <T>(what: string, answer: T): Promise<T> => {
    asked.push(what);
    return Promise.resolve(answer);
  };
  return {
    log: new MemoryEventLog(disk),
    projections: new MemoryProjections(disk),
    agents: new MemoryAgents(disk),
    auditLog: new MemoryAuditLog(disk),
    records: new MemoryRecords(disk),
    exports: new MemoryExports(),
    outbox: new MemoryOutbox(disk),
    webhookSender: new MemoryWebhookSender(),
    webhookSecrets: new HmacWebhookSecrets(Buffer.alloc(32)),
    disposal: new MemoryDisposal(disk),
    blobs: new MemoryBlobs(disk),
    tokens: new MemoryWaitTokens(disk),
    engine: {
      start: (name, input) => note(`start ${name} ${JSON.stringify(input)}`, 'started'),
      describe: async () => ({ status: 'running' }),
      succeed: (token) => note(`succeed ${token}`, 'accepted'),
      fail: (token, error) => note(`fail ${token} ${error}`, 'accepted'),
      heartbeat: async () => 'accepted',
      forget: (run) => note(`forget ${run}`, undefined),
      stop: (name) => note(`stop ${name}`, undefined),
    },
    programs: {
      isolation: 'memory',
      forTenant: () => ({
        next: async () => ({ kind: 'finished', output: 'done', requests: [] }),
        release: () => {},
      }),
    },
    launcher: {
      isolation: 'process',
      kinds: ['process'],
      launch: ({ operation, place }) => note(`launch ${operation} in a ${place}`, undefined),
      stop: ({ id }) => note(`stop worker ${id}`, undefined),
      alive: async () => false,
      launched: async () => false,
    },
    tickets: new HmacTickets({ key: Buffer.alloc(32), clock }),
    signer,
    reconcileQueue: new MemoryQueue(disk, { name: 'reconcile', clock }),
    watch: new MemoryRunWatch(clock),
    background: { run: (work) => work() },
    clock,
    ids: new SeededIds(1, clock),
  };
}
