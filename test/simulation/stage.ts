import { type App, createApp } from '../../shared/application/app.ts';
import type { Ports } from '../../shared/application/ports.ts';
import type { TokenStep } from '../../shared/application/step.ts';
import { approvalId } from '../../shared/domain/derived-ids.ts';
import type { EventDraft, RunEvent } from '../../shared/domain/events.ts';
import type { Json } from '../../shared/domain/json.ts';
import type { OperationKind } from '../../shared/domain/operations.ts';
import type { RunState } from '../../shared/domain/state.ts';
import { MemoryAgents } from '../../shared/memory/agents.ts';
import { MemoryAuditLog } from '../../shared/memory/audit-log.ts';
import { MemoryBlobs } from '../../shared/memory/blobs.ts';
import { MemoryDisk } from '../../shared/memory/disk.ts';
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
import { VirtualClock } from '../../shared/memory/virtual-clock.ts';
import { MemoryWaitTokens } from '../../shared/memory/wait-tokens.ts';
import { MemoryWebhookSender } from '../../shared/memory/webhook-sender.ts';
import type { Start } from '../../shared/protocol/program.ts';
import { HmacTickets } from '../../shared/system/hmac-tickets.ts';
import { HmacWebhookSecrets } from '../../shared/system/hmac-webhook-secrets.ts';
import { digestOf, requestOf } from './history.ts';
import { type Interceptor, interceptedAll } from './intercept.ts';
import { signer } from './ports.ts';
import { publishPrograms, type SimulatedPrograms } from './programs.ts';
import { caller } from './world.ts';

export const { tenant } = caller;

/** One run's log, the ports around it, and an engine that only notes what it is asked: for looking at one use case. */
export class Stage {
  readonly clock = new VirtualClock();
  readonly disk = new MemoryDisk();
  /** Tokens that were answered, names that were started, names that were stopped. */
  readonly answered: string[] = [];
  readonly started: string[] = [];
  readonly stopped: string[] = [];
  /** Workers that live, by id. */
  readonly alive = new Set<string>();
  /** Operations that workers were launched for. */
  readonly launched: number[] = [];
  /** Answers to `describe`, by name; `running` for those that are not here. */
  readonly executions = new Map<string, 'absent' | 'closed'>();
  /** Tokens that nobody waits on any more. */
  readonly gone = new Set<string>();
  readonly #programs = new Map<string, Start>();
  readonly app: App;
  #apps = 0;

  constructor() {
    this.app = this.makeApp();
  }

  /** Another process on the same disk. */
  makeApp(intercept: Interceptor = (_, proceed) => proceed()): App {
    this.#apps += 1;
    const disk = this.disk.open();
    const { clock } = this;
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
      blobs: new MemoryBlobs(disk),
      tokens: new MemoryWaitTokens(disk),
      engine: {
        start: async (name) => {
          this.started.push(name);
          return 'started';
        },
        forget: async () => {},
        describe: async (name) => {
          const status = this.executions.get(name) ?? 'running';
          return status === 'closed'
            ? { status, succeeded: false, cause: 'Somebody stopped it' }
            : { status };
        },
        succeed: async (token) => {
          if (this.gone.has(token)) return 'gone';
          this.answered.push(token);
          return 'accepted';
        },
        fail: async () => 'gone',
        heartbeat: async (token) => (this.gone.has(token) ? 'gone' : 'accepted'),
        stop: async (name) => void this.stopped.push(name),
      },
      programs: createMemoryProgramHost({ programs: this.#programs }),
      launcher: {
        isolation: 'process',
        kinds: ['process', 'task'],
        launch: async ({ operation }) => void this.launched.push(operation),
        launched: async ({ operation }) => this.launched.includes(operation),
        alive: async ({ id }) => this.alive.has(id),
        stop: async ({ id }) => void this.alive.delete(id),
      },
      tickets: new HmacTickets({ key: Buffer.alloc(32), clock }),
      signer,
      reconcileQueue: new MemoryQueue(disk, { name: 'reconcile', clock }),
      watch: new MemoryRunWatch(clock),
      background: { run: (work) => work() },
      clock,
      ids: new SeededIds(this.#apps, clock),
    };
    return createApp(interceptedAll(ports, intercept));
  }

  publish(programs: SimulatedPrograms): Promise<void> {
    return publishPrograms(this.app, caller, { programs, started: this.#programs });
  }

  /** A run that its first generation carries, with these events on top. */
  async run(run: string, drafts: readonly EventDraft[] = [], created: Json = {}): Promise<RunState> {
    const payload = {
      agent: 'writer',
      version: digestOf('a'),
      number: '1.0.0',
      input: { inline: null },
      seed: digestOf('5'),
      isolation: { program: 'memory', command: 'process' },
      tree: null,
      ...(created as object),
    } as const;
    const begin: EventDraft[] = [
      { type: 'run.created', by: 'user:ann', payload },
      { type: 'run.carried', by: 'system', payload: { generation: 1 } },
    ];
    const sealed = this.app.runs.seal({ tenant, run }, [...begin, ...drafts]);
    await this.app.runs.append(undefined, sealed);
    return sealed.state;
  }

  /** Adds events to a run, as whoever else is about does. */
  append(run: string, ...drafts: EventDraft[]): Promise<RunState> {
    return this.app.runs.update(tenant, run, () => drafts);
  }

  state(run: string): Promise<RunState> {
    return this.makeApp().runs.load(tenant, run);
  }

  async types(run: string): Promise<readonly RunEvent['type'][]> {
    const { events } = await this.makeApp().log.forTenant(tenant).read(run, 0);
    return events.map(({ type }) => type);
  }
}

/** The event by which a program asks for something. */
export function asks(operation: number, kind: OperationKind, args: Json = {}): EventDraft {
  const deadline = kind === 'approval.request' ? { deadline: '2026-01-02T00:00:00.000Z' } : {};
  const payload = { operation, ...requestOf(kind, args), ...deadline };
  return { type: 'operation.requested', by: 'run', payload };
}

/** The events by which a program asks for an approval that expires after a day. */
export function asksApproval(run: string, operation: number): EventDraft[] {
  const args = { what: 'Go' };
  const { hash } = requestOf('approval.request', args);
  const expiresAt = '2026-01-02T00:00:00.000Z';
  const payload = { approval: approvalId(run, operation), operation, hash, what: 'Go', expiresAt };
  return [asks(operation, 'approval.request', args), { type: 'approval.requested', by: 'run', payload }];
}

/** The event of an operation that is recorded once, with its outcome. */
export function records(operation: number, kind: OperationKind, args: Json, value: Json = null): EventDraft {
  const outcome = { ok: true, value: { inline: value } } as const;
  return {
    type: 'operation.completed',
    by: 'run',
    payload: { operation, record: requestOf(kind, args), outcome },
  };
}

export function claims(operation: number, id = '7'): EventDraft {
  return { type: 'operation.started', by: 'worker', payload: { operation, worker: { kind: 'process', id } } };
}

/** A step of generation 1 that waits on a token. */
export function waitingStep(run: string, changes: Partial<TokenStep> = {}): TokenStep {
  return {
    tenant,
    run,
    generation: 1,
    loop: 1,
    next: 'signal',
    told: 0,
    timeoutSeconds: 60,
    did: [],
    say: '',
    token: 'token',
    ...changes,
  };
}
