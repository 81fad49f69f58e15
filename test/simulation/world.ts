import type { TaskName } from '../../functions/tasks/handlers.ts';
import type { Api } from '../../shared/application/api.ts';
import type { App } from '../../shared/application/app.ts';
import type { Ports } from '../../shared/application/ports.ts';
import { reconcileDue } from '../../shared/application/upkeep/reconcile.ts';
import { MemoryBlobs } from '../../shared/memory/blobs.ts';
import { MemoryDisk } from '../../shared/memory/disk.ts';
import { ScriptedLauncher } from '../../shared/memory/task-launcher.ts';
import { VirtualClock } from '../../shared/memory/virtual-clock.ts';
import type { Principal } from '../../shared/ports/identity.ts';
import type { Start } from '../../shared/protocol/program.ts';
import type { Chooser } from './choosers.ts';
import { EngineService } from './engine.ts';
import { type Fate, type Fates, noFaults, TimeoutError } from './fates.ts';
import type { PortCall } from './intercept.ts';
import { JournalDisk } from './journal.ts';
import { makePorts } from './ports.ts';
import { publishPrograms, type SimulatedPrograms } from './programs.ts';
import { ConnectionLost, ProcessDied, Server } from './server.ts';
import { never, stillness } from './turns.ts';
import { Witness } from './witness.ts';

export const caller: Principal = { tenant: 'acme', subject: 'ann', roles: ['admin'] };

export interface WorldOptions {
  readonly chooser: Chooser;
  readonly programs: SimulatedPrograms;
  /**
   * `embedded`: one process, which serves, carries and dies as a whole. `cloud`: an engine that never dies, and several
   * processes that come and go.
   */
  readonly kind?: 'embedded' | 'cloud';
  /** How long a call is under way, there and back, each in milliseconds; default: no time. */
  readonly latency?: () => number;
  readonly fates?: Fates;
  /** Whether the reconciler works; where nothing goes wrong, nothing should need it. Default: true. */
  readonly mended?: boolean;
  /** Operations after which a step yields; default: as many as steps may do. */
  readonly operationsPerStep?: number | undefined;
  /** How long a command takes, in milliseconds. */
  readonly commandMs?: (run: string, operation: number) => number;
  /** Replaces ports of every server: for showing that a fault would be found. */
  readonly sabotage?: (ports: Ports) => Ports;
}

/** Nothing moves any more, though somebody still waits for something. */
export class Stuck extends Error {
  override readonly name = 'Stuck';
}

const reconcileEveryMs = 10_000;
/** How far ahead the reconciler of the embedded twin looks at boot. */
const bootAheadMs = 120_000;
const downtimeMs = 1_000;
const hour = 3_600_000;
/** How long everything may take in virtual time: where nothing goes wrong, and where the reconciler is needed. */
const patienceMs = { fair: hour, mended: 8 * hour };
const patienceSteps = 200_000;

/**
 * Everything outside the application, in memory and on a virtual clock: what survives a process (disks, workers, time),
 * the processes themselves, and who decides in which order things happen.
 */
export class World {
  readonly clock = new VirtualClock();
  readonly disk = new MemoryDisk();
  readonly journal = new JournalDisk();
  readonly witness = new Witness();
  readonly started = new Map<string, Start>();
  readonly options: WorldOptions;
  readonly launcher: ScriptedLauncher;
  readonly engine: EngineService;
  servers: Server[] = [];
  /** Calls of ports so far. */
  calls = 0;
  deaths = 0;
  #boots = 0;
  #fates: Fates = noFaults;

  private constructor(options: WorldOptions) {
    this.options = options;
    const blobs = new MemoryBlobs(this.disk.open());
    this.launcher = new ScriptedLauncher({
      blobs,
      clock: this.clock,
      report: async (ticket, message) => {
        const deliver = () => this.request((api) => api.report(ticket, message as never));
        const call = { port: 'worker', method: 'report', args: [message], sync: false };
        return (await this.deliver(call, deliver)) as never;
      },
      command:
        (_, { run, operation }) =>
        async (space) => {
          this.witness.executed(run, operation);
          space.files.set(`out/${operation}`, Buffer.from(String(operation)));
          const ms = options.commandMs?.(run, operation) ?? 0;
          if (ms > 0) await space.sleep(ms);
          this.witness.ended(run, operation, this.clock.now());
          return 0;
        },
    });
    this.engine = new EngineService(this);
  }

  static async create(options: WorldOptions): Promise<World> {
    const world = new World(options);
    const publisher = world.plainServer();
    await publishPrograms(publisher.app, caller, {
      programs: options.programs,
      started: world.started,
      operationsPerStep: options.operationsPerStep,
    });
    world.#fates = options.fates ?? noFaults;
    void world.#boot();
    world.#upkeep();
    return world;
  }

  get isMended(): boolean {
    return this.options.mended ?? true;
  }

  /** Ids and randomness of the next process differ from those of all before it. */
  nextSeed(): number {
    this.#boots += 1;
    return this.#boots * 7_919;
  }

  /** A server that nothing happens to, beside the world: for looking at what it has come to. */
  plainServer(): Server {
    return new Server((server) => makePorts(this, server));
  }

  /** Moves the world on until everybody outside has got what he wanted, and `done`. */
  async follow(outside: readonly Promise<void>[], done: () => boolean): Promise<void> {
    let content = false;
    const all = Promise.all(outside).then(() => {
      content = true;
    });
    all.catch(() => {});
    await Promise.race([this.run(() => content && done()), all.then(never)]);
  }

  /** Moves the world on until `done`; fails when it is stuck. */
  async run(done: () => boolean): Promise<void> {
    const until = this.clock.now() + (this.isMended ? patienceMs.mended : patienceMs.fair);
    for (let step = 0; ; step += 1) {
      await stillness();
      if (done()) return;
      if (!this.clock.advanceToNext()) throw new Stuck('Nothing is left to happen');
      if (this.clock.now() > until) throw new Stuck('It takes for ever');
      if (step > patienceSteps) throw new Stuck('It goes round in circles');
    }
  }

  /** Virtual time goes by. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.clock.at(this.clock.now() + ms, resolve));
  }

  /** A request from outside, to whichever server answers. */
  async request<T>(ask: (api: Api) => Promise<T>): Promise<T> {
    const server = this.anyServer();
    if (!server) throw new ConnectionLost();
    return server.request(ask);
  }

  anyServer(): Server | undefined {
    return this.servers[this.options.chooser.pick(this.servers.length)];
  }

  /** Calls a function behind the run machine, as Step Functions does. */
  async invoke(name: TaskName, payload: string): Promise<string> {
    const call = { port: 'functions', method: name, args: [payload], sync: false };
    try {
      const invoke = async () => (this.anyServer() as Server).invoke(name, payload);
      return (await this.deliver(call, invoke)) as string;
    } catch (error) {
      // What a function throws itself has its own name.
      const isOutside = error instanceof TimeoutError && error.port === 'functions';
      if (isOutside || error instanceof ConnectionLost) Object.assign(error, { errorType: 'Lambda.Unknown' });
      throw error;
    }
  }

  /** What stands between a server and its ports. */
  intercept(server: Server, call: PortCall, proceed: () => unknown): unknown {
    if (!call.sync) return server.unlessDead(() => this.#call(server, call, proceed));
    if (!server.alive) throw new ProcessDied();
    this.calls += 1;
    const fate = this.#fates(call);
    if (fate === 'dies before') this.kill(server);
    if (!server.alive) throw new ProcessDied();
    const answer = proceed();
    if (fate === 'dies after') this.kill(server);
    return answer;
  }

  async #call(server: Server, call: PortCall, proceed: () => unknown): Promise<unknown> {
    const answer = await this.deliver(call, () => server.unlessDead(proceed), server);
    await this.#travel();
    return answer;
  }

  /** Makes a call as its fate wants it. */
  async deliver(call: PortCall, make: () => Promise<unknown>, server?: Server): Promise<unknown> {
    this.calls += 1;
    const fate = this.#fates(call);
    await this.#travel();
    if (fate === 'dies before') {
      this.kill(server);
      throw new ConnectionLost();
    }
    if (fate === 'refused') throw new TimeoutError(call, fate);
    if (fate === 'abandoned') {
      void this.#travel()
        .then(make)
        .catch(() => {});
      throw new TimeoutError(call, fate);
    }
    const answers = await Promise.all(fate === 'twice' ? [make(), make()] : [make()]);
    if (fate === 'dies after') this.kill(server);
    if (fate === 'lost') throw new TimeoutError(call, fate);
    return answers[0];
  }

  /** A call or an answer is under way. */
  async #travel(): Promise<void> {
    const ms = this.options.latency?.() ?? 0;
    if (ms > 0) await this.sleep(ms);
  }

  /** A process dies, and soon another takes its place. */
  kill(server = this.anyServer()): void {
    if (!server?.alive) return;
    this.deaths += 1;
    server.die();
    this.servers = this.servers.filter((other) => other !== server);
    if (this.options.kind === 'cloud') return void this.#startServer();
    this.engine.die();
    this.clock.at(this.clock.now() + downtimeMs, () => void this.#boot());
  }

  async #boot(): Promise<void> {
    if (this.options.kind !== 'cloud') {
      // The gateway listens first: until the engine is open, requests find that it is not.
      const server = this.#startServer();
      if (this.isMended) await this.#travel();
      if (!server.alive) return;
      await this.launcher.killLeftovers();
      await this.engine.open();
      void this.#reconcile(server, bootAheadMs);
      return;
    }
    for (let count = 0; count < 2; count += 1) this.#startServer();
    await this.engine.open();
  }

  #startServer(): Server {
    const server = new Server((its) => {
      const ports = makePorts(this, its, (call, proceed) => this.intercept(its, call, proceed));
      return this.options.sabotage?.(ports) ?? ports;
    });
    this.servers.push(server);
    return server;
  }

  /** On a short schedule; what fails is tried again the next time. */
  #upkeep(): void {
    this.clock.at(this.clock.now() + reconcileEveryMs, () => {
      const server = this.anyServer();
      if (server) void this.#reconcile(server, 0);
      this.#upkeep();
    });
  }

  async #reconcile({ app }: Pick<Server, 'app'>, ahead: number): Promise<void> {
    if (!this.isMended) return;
    const before = new Date(this.clock.now() + ahead).toISOString();
    await reconcileDue(app as App, before).catch(() => {});
  }
}

export type { Fate };
