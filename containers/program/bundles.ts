import { LRUCache } from 'lru-cache';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { Address, Fetched } from './fetched.ts';

/** The code of versions, from where the last question says it is. */
export class Bundles {
  readonly #fetched: Fetched;
  /** By version: addresses expire, so the latest counts. */
  readonly #addresses = new LRUCache<string, Address>({ max: 1_000 });

  constructor(fetched: Fetched) {
    this.#fetched = fetched;
  }

  /** Where the bundle of a version is, from now on. */
  at(version: string, address: Address): void {
    this.#addresses.set(version, address);
  }

  async load(version: string): Promise<string> {
    const address = this.#addresses.get(version);
    if (!address) throw new TandemError('internal', { message: `Nobody said where version ${version} is.` });
    return this.#fetched.text(address);
  }
}
