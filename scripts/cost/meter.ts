import { AsyncLocalStorage } from 'node:async_hooks';
import type { TaskHandler, TaskName } from '../../functions/tasks/handlers.ts';
import type { Meter } from '../../local/testing/test-twin.ts';
import type { Ports } from '../../shared/application/ports.ts';
import { type Counts, functionCount, noCounts, type Service } from './counts.ts';
import { type StoreCall, storeUnits } from './store-units.ts';

/** Ports that are a service on AWS, and which one. */
const services = {
  log: 'store',
  projections: 'store',
  agents: 'store',
  auditLog: 'store',
  records: 'store',
  outbox: 'store',
  tokens: 'store',
  disposal: 'store',
  blobs: 'blobs',
  engine: 'engine',
  programs: 'programs',
  launcher: 'workers',
  reconcileQueue: 'queues',
} as const satisfies Partial<Record<keyof Ports, Service>>;

type Metered = keyof typeof services;

/** Calls that ask nobody: they make something up from what is at hand. */
const free = new Set(['forTenant', 'release', 'signedUrl', 'forget']);

/**
 * Counts what a run does: each invocation of a function, what it computed, and each call of a service with what it is
 * charged as.
 */
export class CountingMeter implements Meter {
  counts = noCounts();
  readonly #invocation = new AsyncLocalStorage<string>();

  /** Begins to count anew; what was counted so far. */
  take(): Counts {
    const { counts } = this;
    this.counts = noCounts();
    return counts;
  }

  /** Has something counted as an invocation of the function of that name. */
  async invoke<T>(name: string, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const caller = this.#invocation.getStore();
    try {
      return await this.#invocation.run(name, work);
    } finally {
      const took = performance.now() - began;
      const count = functionCount(this.counts, name);
      count.invocations += 1;
      count.computed += took;
      // Whoever called only waited meanwhile.
      if (caller !== undefined) functionCount(this.counts, caller).computed -= took;
    }
  }

  task(name: TaskName, handler: TaskHandler): TaskHandler {
    return (payload) => this.invoke(`task-${name}`, () => handler(payload));
  }

  /** A request to the REST API, and the invocation that answers it. */
  request<T>(route: string, answer: () => Promise<T>): Promise<T> {
    this.counts.apiRequests += 1;
    return this.invoke(route, answer);
  }

  ports(ports: Ports): Ports {
    const metered = Object.fromEntries(
      (Object.keys(services) as Metered[]).map((port) => [port, this.#metered(port, ports[port])] as const),
    );
    return { ...ports, ...metered };
  }

  /** The same object with every method counted; what `forTenant` gives as well. */
  #metered<T extends object>(port: Metered, target: T): T {
    return new Proxy(target, {
      get: (_, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        const method = value.bind(target) as (...given: unknown[]) => unknown;
        if (name === 'forTenant') return (tenant: string) => this.#metered(port, method(tenant) as object);
        if (free.has(String(name))) return method;
        return (...given: unknown[]) =>
          this.#call({ port, method: String(name), given }, () => method(...given));
      },
    });
  }

  async #call(call: StoreCall & { readonly port: Metered }, work: () => unknown): Promise<unknown> {
    const service = services[call.port];
    const name = this.#invocation.getStore();
    // Whoever looks on from outside is not part of the run.
    if (name === undefined) return work();
    functionCount(this.counts, name).waits[service] += 1;
    const answer = service === 'programs' ? await this.invoke('program', async () => work()) : await work();
    this.#charge(service, call, answer);
    return answer;
  }

  #charge(service: Service, call: StoreCall, answer: unknown): void {
    const { counts } = this;
    if (service === 'store') {
      const { read, written } = storeUnits(call, answer);
      counts.readUnits += read;
      counts.writeUnits += written;
    }
    if (service === 'queues') counts.queueRequests += 1;
    if (service === 'workers' && call.method === 'launch') functionCount(counts, 'space').invocations += 1;
    if (service === 'blobs' && ['put', 'receive'].includes(call.method)) counts.blobPuts += 1;
    else if (service === 'blobs') counts.blobGets += 1;
  }
}
