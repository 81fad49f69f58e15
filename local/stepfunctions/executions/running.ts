import type { ExecutionName } from '../arns.ts';
import type { Live } from './live.ts';

/** What runs, and who waits for the end of it. */
export class RunningExecutions {
  readonly #byId = new Map<number, Live>();
  readonly #byName = new Map<string, Live>();
  readonly #waiting = new Map<Live, Set<() => void>>();

  get size(): number {
    return this.#byId.size;
  }

  get(id: number): Live | undefined {
    return this.#byId.get(id);
  }

  named(name: ExecutionName): Live | undefined {
    return this.#byName.get(key(name));
  }

  [Symbol.iterator](): Iterator<Live> {
    return this.#byId.values();
  }

  /** Whether any execution of a machine runs. */
  any(machine: string): boolean {
    return this.#byId.values().some((live) => live.facts.machineName === machine);
  }

  add(live: Live): void {
    this.#byId.set(live.facts.id, live);
    this.#byName.set(keyOf(live), live);
  }

  /** It has ended, and that is durable: tells those who wait for it. */
  remove(live: Live): void {
    this.#byId.delete(live.facts.id);
    this.#byName.delete(keyOf(live));
    for (const resolve of this.#waiting.get(live) ?? []) resolve();
    this.#waiting.delete(live);
  }

  /** Resolves when an execution has ended, and that is durable; rejects with the signal's reason. */
  async ended(live: Live, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const waiting = this.#waiting.get(live) ?? new Set();
      const leave = (): void => {
        waiting.delete(end);
        reject(signal?.reason);
      };
      const end = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.set(live, waiting.add(end));
    });
  }
}

const key = ({ machine, name }: ExecutionName): string => `${machine}:${name}`;
const keyOf = ({ facts }: Live): string => key({ machine: facts.machineName, name: facts.name });
