import type { Agents } from '../ports/agents.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import type { Background } from '../ports/background.ts';
import type { Blobs } from '../ports/blobs.ts';
import type { Clock } from '../ports/clock.ts';
import type { Connections } from '../ports/connections.ts';
import type { Disposal } from '../ports/disposal.ts';
import type { EventLog } from '../ports/event-log.ts';
import type { Exports } from '../ports/exports.ts';
import type { HeadSigner, Tickets } from '../ports/identity.ts';
import type { Ids } from '../ports/ids.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { News } from '../ports/news.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { ProgramHost } from '../ports/program-host.ts';
import type { Projections } from '../ports/projections.ts';
import type { Queue } from '../ports/queue.ts';
import type { Records } from '../ports/records.ts';
import type { RunWatch } from '../ports/run-watch.ts';
import type { TaskLauncher } from '../ports/task-launcher.ts';
import type { WaitTokens } from '../ports/wait-tokens.ts';
import type { WebhookSecrets, WebhookSender } from '../ports/webhooks.ts';
import type { WorkflowEngine } from '../ports/workflow-engine.ts';

/** Everything a use case may touch outside itself; put together in a `wiring.ts` only. */
export interface Ports {
  readonly log: EventLog;
  readonly projections: Projections;
  readonly agents: Agents;
  readonly auditLog: AuditLog;
  readonly records: Records;
  readonly blobs: Blobs;
  readonly exports: Exports;
  readonly disposal: Disposal;
  readonly tokens: WaitTokens;
  readonly engine: WorkflowEngine;
  readonly programs: ProgramHost;
  readonly launcher: TaskLauncher;
  readonly tickets: Tickets;
  readonly signer: HeadSigner;
  /** Runs that the reconciler is asked to look at soon. */
  readonly reconcileQueue: Queue;
  readonly outbox: Outbox;
  readonly webhookSender: WebhookSender;
  readonly webhookSecrets: WebhookSecrets;
  readonly watch: RunWatch;
  /** Absent where nobody can connect. */
  readonly connections?: Connections;
  /** Absent where nobody subscribes. */
  readonly news?: News;
  readonly background: Background;
  /** Absent where nobody counts. */
  readonly metrics?: Metrics;
  readonly clock: Clock;
  readonly ids: Ids;
}
