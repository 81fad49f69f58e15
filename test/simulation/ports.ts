import type { Ports } from '../../shared/application/ports.ts';
import { sha256 } from '../../shared/domain/canonical.ts';
import { MemoryAgents } from '../../shared/memory/agents.ts';
import { MemoryAuditLog } from '../../shared/memory/audit-log.ts';
import { MemoryBlobs } from '../../shared/memory/blobs.ts';
import { MemoryDisposal } from '../../shared/memory/disposal.ts';
import { MemoryEventLog } from '../../shared/memory/event-log.ts';
import { MemoryExports } from '../../shared/memory/exports.ts';
import { MemoryOutbox } from '../../shared/memory/outbox.ts';
import { createMemoryProgramHost } from '../../shared/memory/program-host.ts';
import { MemoryProjections } from '../../shared/memory/projections.ts';
import { MemoryQueue } from '../../shared/memory/queue.ts';
import { MemoryRecords } from '../../shared/memory/records.ts';
import { MemoryRunWatch } from '../../shared/memory/run-watch.ts';
import { SeededIds } from '../../shared/memory/seeded-ids.ts';
import { MemoryWaitTokens } from '../../shared/memory/wait-tokens.ts';
import { MemoryWebhookSender } from '../../shared/memory/webhook-sender.ts';
import type { Background } from '../../shared/ports/background.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { HeadSigner } from '../../shared/ports/identity.ts';
import { HmacTickets } from '../../shared/system/hmac-tickets.ts';
import { HmacWebhookSecrets } from '../../shared/system/hmac-webhook-secrets.ts';
import { type Interceptor, interceptedAll } from './intercept.ts';
import type { Server } from './server.ts';
import type { World } from './world.ts';

/** Signatures that only fit their message; the real ones cost more than everything else in a simulated run. */
export const signer: HeadSigner = {
  sign: async (message) => ({ key: 'simulated', value: sha256(message) }),
  verify: (message, { value }) => value === sha256(message),
};

const straight: Interceptor = (_, proceed) => proceed();

/** As in a function, which is frozen once it has answered … */
const before: Background = { run: (work) => work().catch(() => {}) };

/** … and as in a server. */
const after: Background = { run: async (work) => void work().catch(() => {}) };

/** The ports of one process, fresh, on the world's durable things. */
export function makePorts(world: World, server: Server, intercept = straight): Ports {
  const disk = world.disk.open();
  const clock: Clock = {
    now: () => world.clock.now(),
    at: (at, callback) => world.clock.at(at, () => server.alive && callback()),
  };
  const ports = {
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
    engine: world.engine.port,
    programs: createMemoryProgramHost({ programs: world.started }),
    launcher: world.launcher,
    tickets: new HmacTickets({ key: Buffer.alloc(32), clock }),
    signer,
    reconcileQueue: new MemoryQueue(disk, { name: 'reconcile', clock }),
    watch: new MemoryRunWatch(clock),
    background: world.options.kind === 'cloud' ? before : after,
    clock,
    ids: new SeededIds(world.nextSeed(), clock),
  };
  return interceptedAll(ports, intercept);
}
