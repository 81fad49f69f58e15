import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createProcessProgramHost } from '../containers/program/host.ts';
import { runnerFile } from '../containers/program/runner-file.ts';
import { taskHandlers } from '../functions/tasks/handlers.ts';
import { type App, createApp } from '../shared/application/app.ts';
import type { Live } from '../shared/application/live/live.ts';
import { HttpsWebhookSender } from '../shared/egress/https-webhook-sender.ts';
import { TandemError } from '../shared/errors/tandem-error.ts';
import { FileBlobs } from '../shared/files/blobs.ts';
import { SignedExports } from '../shared/files/signed-exports.ts';
import type { Logger } from '../shared/logging/logger.ts';
import { MemoryConnections } from '../shared/memory/connections.ts';
import { MemoryRateLimits } from '../shared/memory/rate-limits.ts';
import { MemoryRunWatch } from '../shared/memory/run-watch.ts';
import type { Blobs } from '../shared/ports/blobs.ts';
import type { ConnectionSender } from '../shared/ports/connections.ts';
import type { RateLimits } from '../shared/ports/rate-limits.ts';
import { CountedMetrics } from '../shared/prometheus/counted-metrics.ts';
import type { Settings } from '../shared/protocol/environment/environment.ts';
import { SqliteAgents } from '../shared/sqlite/agents.ts';
import { SqliteAuditLog } from '../shared/sqlite/audit-log.ts';
import { SqliteBlobs } from '../shared/sqlite/blobs.ts';
import { SqliteDisposal } from '../shared/sqlite/disposal.ts';
import { SqliteEventLog } from '../shared/sqlite/event-log.ts';
import { SqliteOutbox } from '../shared/sqlite/outbox.ts';
import { SqliteProjections } from '../shared/sqlite/projections.ts';
import { SqliteQueue } from '../shared/sqlite/queue.ts';
import { SqliteRecords } from '../shared/sqlite/records.ts';
import { openSqliteStore } from '../shared/sqlite/store.ts';
import { SqliteWaitTokens } from '../shared/sqlite/wait-tokens.ts';
import { Ed25519Signer } from '../shared/system/ed25519-signer.ts';
import { HmacTickets } from '../shared/system/hmac-tickets.ts';
import { HmacWebhookSecrets } from '../shared/system/hmac-webhook-secrets.ts';
import { SystemClock } from '../shared/system/system-clock.ts';
import { SystemIds } from '../shared/system/system-ids.ts';
import { runDefinition } from '../state-machines/run/definition.ts';
import { background } from './background.ts';
import type { DataFolder } from './data-folder/data-folder.ts';
import type { Keys } from './data-folder/keys.ts';
import { ProcessLauncher } from './launcher/process-launcher.ts';
import { limited } from './limited.ts';
import { InProcessNews } from './live/in-process-news.ts';
import { bundleLoader } from './programs/bundle-loader.ts';
import { rateLimits } from './settings/rate-limits.ts';
import { StepFunctions } from './stepfunctions/engine.ts';
import type { Journal } from './stepfunctions/journal/journal.ts';
import { openSqliteJournal } from './stepfunctions/journal/sqlite.ts';
import { createWorkflowEngine } from './stepfunctions/workflow-engine.ts';

export interface WiringOptions {
  readonly folder: DataFolder;
  readonly keys: Keys;
  readonly log: Logger;
  /** Where the gateway is reached; asked late, since the port is. */
  readonly baseUrl: () => string;
  /** The certificate (PEM) that is shown there, with TLS. */
  readonly certificate?: () => string | undefined;
  readonly settings: Settings<'server'>;
  /** Reaches who is connected; absent where nobody can connect. */
  readonly sender?: ConnectionSender;
}

/** The embedded twin, put together: everything that is one of several possible adapters is chosen here. */
export interface Wired {
  readonly app: App;
  readonly live: Live;
  readonly clock: SystemClock;
  readonly blobs: Blobs;
  readonly addressKey: Buffer;
  readonly metrics: CountedMetrics;
  readonly limits: RateLimits;
  /** Where the engine keeps executions, also those that have ended. */
  readonly journal: Journal;
  /** Processes that run programs now. */
  processes(): number;
  /** Takes up what ran before, once everything that an earlier process left running is dead. */
  open(): Promise<void>;
  /** Parks what runs and closes the files. */
  close(): Promise<void>;
}

/**
 * Runs that advance at the same time: as many as keep both cores busy and share each commit. More would only crowd each
 * other's programs out of memory, to be replayed from the start for every operation.
 */
const advancesAtOnce = 64;

export function wire({
  folder,
  keys,
  log,
  baseUrl,
  settings,
  certificate,
  sender = nobody,
}: WiringOptions): Wired {
  assertWhole(folder);
  const clock = new SystemClock();
  const ids = new SystemIds(() => clock.now());
  const metrics = new CountedMetrics(() => performance.now());
  const store = openSqliteStore(folder.log, { onCommit: (writes, ms) => metrics.committed(writes, ms) });
  const journal = openSqliteJournal(folder.engine);
  const stepFunctions = new StepFunctions({ journal, clock, ids });
  const files = new FileBlobs({ folder: folder.blobs, baseUrl, key: keys.addresses, clock });
  const blobs = new SqliteBlobs(store, { larger: files });
  const reconcileQueue = new SqliteQueue(store, { name: 'reconcile', clock });
  const launcher = new ProcessLauncher({
    records: folder.workers,
    compileCache: join(folder.root, 'cache'),
    report: () => `${baseUrl()}/v1/report`,
    ...(certificate && { certificate }),
    died({ tenant, run, operation }, said) {
      log.warn('A worker ended without an outcome', { tenant, run, operation, said });
      // The run is looked at anyway when it is due.
      reconcileQueue.send({ tenant, run }).catch(() => {});
    },
  });
  const agents = new SqliteAgents(store);
  const programs = createProcessProgramHost({
    loadBundle: bundleLoader(agents, blobs),
    folder: folder.programs,
    runner: runnerFile,
    clock,
    maxRunsInMemory: 2 * advancesAtOnce,
  });
  const connections = new MemoryConnections(clock);
  const app: App = createApp({
    log: new SqliteEventLog(store),
    projections: new SqliteProjections(store),
    agents,
    auditLog: new SqliteAuditLog(store),
    records: new SqliteRecords(store),
    blobs,
    disposal: new SqliteDisposal(store),
    exports: new SignedExports({ baseUrl, key: keys.addresses, clock }),
    tokens: new SqliteWaitTokens(store),
    engine: createWorkflowEngine(stepFunctions, { name: 'run', definition: runDefinition() }),
    programs,
    launcher,
    tickets: new HmacTickets({ key: keys.tickets, clock }),
    signer: new Ed25519Signer(keys.heads),
    reconcileQueue,
    outbox: new SqliteOutbox(store),
    webhookSender: new HttpsWebhookSender({ private: settings.TANDEM_WEBHOOKS_PRIVATE === 'allow' }),
    webhookSecrets: new HmacWebhookSecrets(keys.webhooks),
    watch: new MemoryRunWatch(clock),
    news: new InProcessNews({ live: () => live, connections, log }),
    background: background(log),
    metrics,
    clock,
    ids,
  });
  const live: Live = { ...app, connections, sender };
  return {
    app,
    live,
    clock,
    blobs,
    addressKey: keys.addresses,
    metrics,
    limits: new MemoryRateLimits(rateLimits(settings)),
    journal,
    processes: () => programs.processes(),
    async open() {
      await launcher.killLeftovers();
      const tasks = taskHandlers(app);
      const handlers = Object.entries({ ...tasks, advance: limited(advancesAtOnce, tasks.advance) });
      await stepFunctions.open(
        Object.fromEntries(handlers.map(([name, invoke]) => [name, { invoke, repeatable: true }])),
      );
    },
    async close() {
      await stepFunctions.close();
      await Promise.all([launcher.close(), programs.close()]);
      store.close();
    },
  };
}

const nobody: ConnectionSender = { send: async () => 'gone' };

/** A folder that has lost one of its two databases would silently forget runs: better to say so. */
function assertWhole({ root, log, engine }: DataFolder): void {
  if (existsSync(engine) && !existsSync(log)) {
    throw new TandemError('data.damaged', {
      message: `${root} holds executions (engine.db) but no run log (log.db)`,
    });
  }
}
