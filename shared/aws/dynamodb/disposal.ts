import type { Digest } from '../../domain/content.ts';
import type { Disposal, EndedRun, TenantDisposal } from '../../ports/disposal.ts';
import { erase } from './erase.ts';
import { type Item, textOf } from './items.ts';
import { parted, partitions, pastAll } from './keys.ts';
import { removeRun } from './remove-run.ts';
import { runLists } from './run-item.ts';
import { merged, shardsOf } from './shards.ts';
import type { DynamoStore } from './store.ts';
import { indexes } from './table.ts';
import { unnamed, unnamedItem } from './unnamed.ts';

/** Takes runs and payloads out of DynamoDB. Backups and point-in-time recovery keep them as long as they are kept. */
export class DynamoDisposal implements Disposal {
  readonly #store: DynamoStore;

  constructor(store: DynamoStore) {
    this.#store = store;
  }

  forTenant(tenant: string): TenantDisposal {
    const store = this.#store;
    return {
      ended: (before, limit) =>
        this.#ended([store.items({ ...this.#settled(runLists.ended(tenant), before) })], limit),
      erase: (erasure) => erase(store, tenant, erasure),
      remove: (run) => removeRun(store, tenant, run),
      noteUnnamed: (blobs) =>
        store.writeAll(
          store.log,
          [...new Set(blobs)].map((digest) => ({ put: unnamedItem(tenant, digest) })),
        ),
      unnamed: (limit) => this.#unnamed(tenant, limit),
      forgetUnnamed: (blobs) =>
        store.writeAll(
          store.log,
          [...new Set(blobs)].map((digest) => ({
            remove: { pk: partitions.unnamed(tenant), sk: digest },
          })),
        ),
    };
  }

  expired(now: string, limit: number): Promise<readonly EndedRun[]> {
    const shards = shardsOf('expiring').map((partition) => this.#store.items(this.#settled(partition, now)));
    return this.#ended(shards, limit);
  }

  /** From one tenant straight to the next, however many blobs each has. */
  async tenantsWithUnnamed(): Promise<readonly string[]> {
    const tenants: string[] = [];
    const query = { table: this.#store.log, index: indexes.all, partition: unnamed, atATime: 1 };
    let above: string | undefined;
    for (;;) {
      let next: string | undefined;
      for await (const item of this.#store.items({ ...query, ...(above === undefined ? {} : { above }) })) {
        [next] = parted(textOf(item, 'order'));
        break;
      }
      if (next === undefined) return tenants;
      tenants.push(next);
      above = pastAll(next);
    }
  }

  /** Nothing else holds what was deleted, as far as the table can tell. */
  async settle(): Promise<boolean> {
    return true;
  }

  /** Ended by then, with whom nobody else has to do: what is still due has its parent or children to tell. */
  #settled(partition: string, before: string) {
    return {
      table: this.#store.log,
      index: indexes.ended,
      partition,
      below: `${before}$`,
      without: 'checkAt',
    };
  }

  async #ended(lists: readonly AsyncGenerator<Item>[], limit: number): Promise<readonly EndedRun[]> {
    const runs: EndedRun[] = [];
    if (limit < 1) return runs;
    for await (const item of merged(lists, (one) => textOf(one, 'endedOrder'))) {
      const [, tenant = '', run = ''] = parted(textOf(item, 'pk'));
      runs.push({ tenant, run });
      if (runs.length === limit) break;
    }
    return runs;
  }

  async #unnamed(tenant: string, limit: number): Promise<readonly Digest[]> {
    const digests: Digest[] = [];
    if (limit < 1) return digests;
    const query = { table: this.#store.log, partition: partitions.unnamed(tenant), atATime: limit };
    for await (const item of this.#store.items(query)) {
      digests.push(textOf(item, 'sk'));
      if (digests.length === limit) break;
    }
    return digests;
  }
}
