import { type TaskHandler, type TaskName, taskHandlers } from '../../functions/tasks/handlers.ts';
import type { Api } from '../../shared/application/api.ts';
import { type App, createApp } from '../../shared/application/app.ts';
import { createApi } from '../../shared/application/create-api.ts';
import type { Ports } from '../../shared/application/ports.ts';
import type { Digest } from '../../shared/domain/content.ts';
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
import type { ScriptedCommand } from '../../shared/memory/scripted-worker.ts';
import { SeededIds } from '../../shared/memory/seeded-ids.ts';
import { ScriptedLauncher } from '../../shared/memory/task-launcher.ts';
import { VirtualClock } from '../../shared/memory/virtual-clock.ts';
import { MemoryWaitTokens } from '../../shared/memory/wait-tokens.ts';
import { MemoryWebhookSender } from '../../shared/memory/webhook-sender.ts';
import type { Principal } from '../../shared/ports/identity.ts';
import { HmacTickets } from '../../shared/system/hmac-tickets.ts';
import { HmacWebhookSecrets } from '../../shared/system/hmac-webhook-secrets.ts';
import { runDefinition } from '../../state-machines/run/definition.ts';
import { StepFunctions } from '../stepfunctions/engine.ts';
import { createMemoryJournal } from '../stepfunctions/journal/memory.ts';
import { createWorkflowEngine } from '../stepfunctions/workflow-engine.ts';
import { InProcessPrograms } from './in-process-programs.ts';

export const author: Principal = { tenant: 'test', subject: 'author', roles: ['admin'] };

export interface TestTwinOptions {
  /** Milliseconds since the epoch at which time begins. */
  readonly now: number;
  /** What a command line does. */
  readonly command: (line: string) => ScriptedCommand;
  /** Somebody who counts what happens. */
  readonly meter?: Meter;
}

/** Puts itself between the use cases and what they call, and between the run machine and its functions. */
export interface Meter {
  ports(ports: Ports): Ports;
  task(name: TaskName, handler: TaskHandler): TaskHandler;
  /** A request to the front door. */
  request<T>(route: 'report', answer: () => Promise<T>): Promise<T>;
}

const unmetered: Meter = {
  ports: (ports) => ports,
  task: (_, handler) => handler,
  request: (_, answer) => answer(),
};

const definition = runDefinition();

/**
 * The twin in memory on a virtual clock: the real use cases, run machine, engine and program contexts; only commands
 * are scripted, and nothing survives.
 */
export class TestTwin {
  readonly app: App;
  readonly api: Api;
  readonly clock: VirtualClock;
  readonly #programs: InProcessPrograms;
  readonly #bundles = new Map<Digest, string>();
  readonly engine: StepFunctions;
  readonly #meter: Meter;
  /** Scripted commands at work, other than sleeping. */
  #scripts = 0;

  constructor({ now, command, meter = unmetered }: TestTwinOptions) {
    const clock = new VirtualClock(now);
    const disk = new MemoryDisk().open();
    const blobs = new MemoryBlobs(disk);
    this.clock = clock;
    this.#meter = meter;
    this.#programs = new InProcessPrograms(this.#bundles);
    this.engine = new StepFunctions({ journal: createMemoryJournal(), clock, ids: new SeededIds(2, clock) });
    const ports: Ports = {
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
      blobs,
      tokens: new MemoryWaitTokens(disk),
      engine: createWorkflowEngine(this.engine, { name: 'run', definition }),
      programs: this.#programs,
      launcher: new ScriptedLauncher({
        blobs,
        clock,
        report: (ticket, message) =>
          meter.request('report', () => this.api.report(ticket, message as never)) as never,
        command: (input) => this.#counted(command(input.command)),
      }),
      tickets: new HmacTickets({ key: Buffer.alloc(32), clock }),
      signer: {
        sign: async (value) => ({ key: 'test', value }),
        verify: (message, { value }) => message === value,
      },
      reconcileQueue: new MemoryQueue(disk, { name: 'reconcile', clock }),
      watch: new MemoryRunWatch(clock),
      background: { run: async (work) => void work() },
      clock,
      ids: new SeededIds(1, clock),
    };
    this.app = createApp(meter.ports(ports));
    this.api = createApi(this.app);
  }

  open(): Promise<void> {
    const handlers = Object.entries(taskHandlers(this.app)) as [TaskName, TaskHandler][];
    return this.engine.open(
      Object.fromEntries(
        handlers.map(([name, handler]) => [
          name,
          { invoke: this.#meter.task(name, handler), repeatable: true },
        ]),
      ),
    );
  }

  async publish(
    agent: string,
    bundle: string,
    more: { readonly operationsPerStep?: number } = {},
  ): Promise<void> {
    const { digest } = await this.api.publishAgent(author, { agent, number: '1.0.0', bundle, ...more });
    this.#bundles.set(digest, bundle);
  }

  close(): void {
    this.#programs.close();
  }

  /** Time stands still while a script does something of its own, a read of a file for instance. */
  #counted(script: ScriptedCommand): ScriptedCommand {
    return async (space) => {
      const sleep = async (ms: number): Promise<void> => {
        this.#scripts -= 1;
        await space.sleep(ms).finally(() => {
          this.#scripts += 1;
        });
      };
      this.#scripts += 1;
      try {
        return await script({ ...space, sleep });
      } finally {
        this.#scripts -= 1;
      }
    };
  }

  /** Resolves when nothing is left to happen without time or somebody outside. */
  async stillness(): Promise<void> {
    for (let quiet = 0; quiet < 2; quiet += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#programs.busy || this.#scripts > 0) quiet = -1;
    }
  }
}
