import type { Json } from '../domain/json.ts';
import type { Clock } from '../ports/clock.ts';
import type { Queue, QueueMessage } from '../ports/queue.ts';
import type { OpenDisk } from './disk.ts';

export interface MemoryQueueOptions {
  readonly name: string;
  readonly clock: Clock;
}

/** A queue in memory. */
export class MemoryQueue implements Queue {
  readonly #disk: OpenDisk;
  readonly #name: string;
  readonly #clock: Clock;

  constructor(disk: OpenDisk, { name, clock }: MemoryQueueOptions) {
    this.#disk = disk;
    this.#name = name;
    this.#clock = clock;
  }

  async send(body: Json, { delaySeconds = 0 }: { readonly delaySeconds?: number } = {}): Promise<void> {
    const text = JSON.stringify(body);
    const visibleAt = this.#clock.now() + delaySeconds * 1_000;
    await this.#disk.write((disk) => {
      const id = disk.nextId();
      disk.queue(this.#name).push({ id, body: text, visibleAt, attempts: 0 });
    });
  }

  receive(limit: number, visibilitySeconds: number): Promise<readonly QueueMessage[]> {
    const now = this.#clock.now();
    return this.#disk.write((disk) => {
      const visible = disk.queue(this.#name).filter((message) => message.visibleAt <= now);
      return visible.slice(0, limit).map((message) => {
        message.visibleAt = now + visibilitySeconds * 1_000;
        message.attempts += 1;
        return { id: message.id, body: JSON.parse(message.body), attempt: message.attempts };
      });
    });
  }

  delete(id: string): Promise<void> {
    return this.#disk.write((disk) => {
      const messages = disk.queue(this.#name);
      const index = messages.findIndex((message) => message.id === id);
      if (index >= 0) messages.splice(index, 1);
    });
  }
}
