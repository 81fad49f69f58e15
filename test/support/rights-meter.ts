import { AsyncLocalStorage } from 'node:async_hooks';
import type { Right } from '../../functions/deployed/function-spec.ts';
import type { TaskHandler, TaskName } from '../../functions/tasks/handlers.ts';
import type { Meter } from '../../local/testing/test-twin.ts';
import type { Ports } from '../../shared/application/ports.ts';

type Needs = readonly Right[];

/** What a call of a port takes: the same whatever is called, or by the name of the method. */
type Taken = Needs | Readonly<Record<string, Needs>>;

const reads: Needs = ['store:read'];
const writes: Needs = ['store:read', 'store:write'];
/** A small blob is an item of the store, of a larger one its object. */
const stores: Needs = ['blobs:write', 'store:write'];

const taken: Partial<Record<keyof Ports, Taken>> = {
  log: {
    append: writes,
    saveSnapshot: writes,
    read: reads,
    head: reads,
    snapshot: reads,
    idempotency: reads,
    allRuns: reads,
  },
  projections: {
    run: reads,
    unended: reads,
    runs: reads,
    approval: reads,
    approvals: reads,
    artifacts: reads,
    due: reads,
    reschedule: writes,
    tally: reads,
  },
  agents: reads,
  records: reads,
  auditLog: { append: writes, read: reads, head: reads, tenants: reads },
  outbox: {
    get: reads,
    list: reads,
    due: reads,
    lanes: reads,
    put: writes,
    removeAll: writes,
    prune: writes,
  },
  tokens: { put: writes, get: reads, delete: writes },
  disposal: {
    ended: reads,
    expired: reads,
    unnamed: reads,
    tenantsWithUnnamed: reads,
    erase: writes,
    remove: writes,
    noteUnnamed: writes,
    forgetUnnamed: writes,
    settle: writes,
  },
  blobs: {
    put: stores,
    receive: stores,
    get: ['blobs:read'],
    // Who asks may rely on it: one that is old is stored anew.
    size: ['blobs:read', ...stores],
    remove: ['blobs:read', 'blobs:delete', 'store:write'],
    // What lies in the store gets an object to lead to.
    signedUrl: ['blobs:read', 'blobs:write'],
  },
  exports: ['blobs:read', 'blobs:write'],
  engine: {
    start: ['engine:run'],
    describe: ['engine:run'],
    stop: ['engine:run'],
    succeed: ['engine:answer'],
    fail: ['engine:answer'],
    heartbeat: ['engine:answer'],
    forget: [],
  },
  programs: { next: ['programs:invoke'], release: [] },
  launcher: ['workers:run'],
  tickets: ['key:tickets'],
  signer: { sign: ['key:heads'], verify: [] },
  reconcileQueue: ['reconcile:send'],
  webhookSecrets: ['key:webhooks'],
  webhookSender: ['key:webhooks'],
  news: ['live:send'],
};

/** Notes which rights the ports that each function calls take of it. */
export class RightsMeter implements Meter {
  readonly #used = new Map<string, Set<Right>>();
  readonly #function = new AsyncLocalStorage<string>();

  /** Rights that a function was seen to use; `undefined` when it was never called. */
  used(name: string): ReadonlySet<Right> | undefined {
    return this.#used.get(name);
  }

  /** Has something done as that function. */
  as<T>(name: string, work: () => T): T {
    if (!this.#used.has(name)) this.#used.set(name, new Set());
    return this.#function.run(name, work);
  }

  task(name: TaskName, handler: TaskHandler): TaskHandler {
    return (payload) => this.as(`task-${name}`, () => handler(payload));
  }

  request<T>(route: string, answer: () => Promise<T>): Promise<T> {
    return this.as(route, answer);
  }

  /** `news`: there is none in memory, and every function that appends has some to tell. */
  ports(ports: Ports): Ports {
    const all = { news: { appended: async () => {} }, ...ports };
    const watched = Object.keys(taken).map((port) => {
      const target = all[port as keyof typeof all] as object;
      return [port, this.#watched(port as keyof Ports, target)];
    });
    return { ...all, ...Object.fromEntries(watched) };
  }

  #watched(port: keyof Ports, target: object): object {
    return new Proxy(target, {
      get: (_, member) => {
        const value: unknown = Reflect.get(target, member);
        if (typeof value !== 'function') return value;
        const method = value.bind(target) as (...given: unknown[]) => unknown;
        if (member === 'forTenant') return (tenant: string) => this.#watched(port, method(tenant) as object);
        return (...given: unknown[]) => {
          this.#note(port, String(member));
          return method(...given);
        };
      },
    });
  }

  #note(port: keyof Ports, member: string): void {
    const name = this.#function.getStore();
    if (name === undefined) return;
    const of = taken[port] ?? {};
    const rights = Array.isArray(of) ? (of as Needs) : (of as Readonly<Record<string, Needs>>)[member];
    if (rights === undefined) throw new Error(`Nobody says which rights ${port}.${member} takes`);
    for (const right of rights) this.#used.get(name)?.add(right);
  }
}
