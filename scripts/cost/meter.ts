import { AsyncLocalStorage } from 'node:async_hooks';
import type { TaskHandler, TaskName } from '../../functions/tasks/handlers.ts';
import type { Meter } from '../../local/testing/test-twin.ts';
import type { Ports } from '../../shared/application/ports.ts';
import { smallBlobBytes } from '../../shared/aws/dynamodb/blobs.ts';
import type { BlobRef } from '../../shared/domain/content.ts';
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
const free = new Set(['release', 'forget']);

/** Names and keys of an item that holds a small blob, in bytes. */
const frameBytes = 150;

type Call = StoreCall & { readonly port: Metered };

/**
 * Counts what a run does: each invocation of a function, what it computed, and each call of a service with what it is
 * charged as.
 */
export class CountingMeter implements Meter {
  counts = noCounts();
  /** Charged later, so that this is not counted as what a function computes. */
  #calls: { readonly call: Call; readonly answer: unknown }[] = [];
  readonly #invocation = new AsyncLocalStorage<string>();

  /** Begins to count anew; what was counted so far. */
  async take(): Promise<Counts> {
    const calls = this.#calls;
    this.#calls = [];
    for (const { call, answer } of calls) await this.#charge(call, answer);
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
    // Whoever has started the execution does not wait for its steps.
    return (payload) => this.#invocation.exit(() => this.invoke(`task-${name}`, () => handler(payload)));
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

  async #call(call: Call, work: () => unknown): Promise<unknown> {
    const service = services[call.port];
    const name = this.#invocation.getStore();
    // Whoever looks on from outside is not part of the run.
    if (name === undefined) return work();
    const answer = service === 'programs' ? await this.invoke('program', async () => work()) : await work();
    functionCount(this.counts, name).waits[isSmallBlob(call, answer) ? 'store' : service] += 1;
    this.#calls.push({ call, answer });
    return answer;
  }

  async #charge(call: Call, answer: unknown): Promise<void> {
    const { counts } = this;
    const service = services[call.port];
    if (service === 'store') {
      const { read, written } = await storeUnits(call, answer);
      counts.readUnits += read;
      counts.writeUnits += written;
    }
    if (service === 'queues') counts.queueRequests += 1;
    if (service === 'workers' && call.method === 'launch') functionCount(counts, 'space').invocations += 1;
    if (service === 'blobs') this.#chargeBlob(call.method, answer);
  }

  /** Small ones are items of DynamoDB, where every one is looked for first. */
  #chargeBlob(method: string, answer: unknown): void {
    const { counts } = this;
    const size = blobSize(answer);
    if (method === 'put' || method === 'receive') {
      if (size > smallBlobBytes) counts.blobPuts += 1;
      else counts.writeUnits += Math.ceil((frameBytes + size) / 1_024);
      return;
    }
    counts.readUnits += 1;
    // An address leads to an object: of a small blob a copy, made when it is first asked for.
    if (method === 'signedUrl') counts.blobPuts += 1;
    else if (method === 'get' && size > smallBlobBytes) counts.blobGets += 1;
  }
}

/** Whether a call was about bytes that lie in DynamoDB. */
function isSmallBlob({ port, method }: Call, answer: unknown): boolean {
  return port === 'blobs' && method !== 'signedUrl' && blobSize(answer) <= smallBlobBytes;
}

/** Of bytes, of what `put` answers, and of what is not there. */
function blobSize(answer: unknown): number {
  return answer instanceof Uint8Array ? answer.byteLength : ((answer as BlobRef | undefined)?.size ?? 0);
}
