import { type App, createApp } from '../../shared/application/app.ts';
import type { Ports } from '../../shared/application/ports.ts';
import type { EventDraft } from '../../shared/domain/events.ts';
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
import type { Ticket } from '../../shared/ports/identity.ts';
import { HmacWebhookSecrets } from '../../shared/system/hmac-webhook-secrets.ts';

export const ann = { tenant: 'acme', subject: 'ann', roles: ['user'] } as const;

/** Where {@link begin} begins a run. */
export const someRun = { tenant: 'acme', run: 'run_00000000000000000000000001' };

/** An application in memory for tests of single use cases: nobody carries its runs, and a ticket is its own JSON. */
export function memoryApp(disk = new MemoryDisk().open()): App {
  const clock = new VirtualClock();
  const ports: Partial<Ports> = {
    log: new MemoryEventLog(disk),
    agents: new MemoryAgents(disk),
    auditLog: new MemoryAuditLog(disk),
    records: new MemoryRecords(disk),
    exports: new MemoryExports(),
    outbox: new MemoryOutbox(disk),
    webhookSender: new MemoryWebhookSender(),
    webhookSecrets: new HmacWebhookSecrets(Buffer.alloc(32)),
    disposal: new MemoryDisposal(disk),
    blobs: new MemoryBlobs(disk),
    projections: new MemoryProjections(disk),
    tokens: new MemoryWaitTokens(disk),
    reconcileQueue: new MemoryQueue(disk, { name: 'reconcile', clock }),
    watch: new MemoryRunWatch(clock),
    ids: new SeededIds(1, clock),
    signer: { sign: async () => ({ key: 'k', value: 'v' }), verify: () => true },
    tickets: {
      issue: async (ticket) => JSON.stringify(ticket),
      verify: async (token) => JSON.parse(token) as Ticket,
    },
    launcher: launcher as Ports['launcher'],
    clock,
  };
  return createApp(ports as Ports);
}

const launcher: Partial<Ports['launcher']> = { isolation: 'process', kinds: ['process'] };

const digest = 'a'.repeat(64);

/** Appends the first events of {@link someRun}, which its first generation carries, and `more`. */
export async function begin(app: App, ...more: EventDraft[]): Promise<void> {
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
  const carried: EventDraft = { type: 'run.carried', by: 'system', payload: { generation: 1 } };
  await app.runs.append(undefined, app.runs.seal(someRun, [created, carried, ...more]));
}
