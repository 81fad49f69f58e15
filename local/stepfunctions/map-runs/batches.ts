import type { Json } from '../../../shared/domain/json.ts';
import type { ChildInput } from '../journal/map-runs.ts';
import type { Batching } from './order.ts';

/** Puts items together for child executions, as many at once as are allowed. */
export class Batches {
  readonly #batching: Batching | undefined;
  /** Bytes of a batch without its items. */
  readonly #frame: number;
  #texts: string[] = [];
  #bytes = 0;

  constructor(batching: Batching | undefined) {
    this.#batching = batching;
    this.#frame = Buffer.byteLength(this.#text());
  }

  /** Takes an item; answers the batch that is full by it, if one is. An item too large for any goes alone. */
  add(item: Json): ChildInput | undefined {
    const text = JSON.stringify(item);
    if (this.#batching === undefined) return { text, items: 1 };
    const bytes = Buffer.byteLength(text) + 1;
    const { maxItems = Number.POSITIVE_INFINITY, maxBytes } = this.#batching;
    const full = this.#texts.length >= maxItems || this.#frame + this.#bytes + bytes - 1 > maxBytes;
    const batch = full ? this.flush() : undefined;
    this.#texts.push(text);
    this.#bytes += bytes;
    return batch;
  }

  /** What is left, if anything. */
  flush(): ChildInput | undefined {
    if (this.#texts.length === 0) return undefined;
    const batch = { text: this.#text(), items: this.#texts.length };
    this.#texts = [];
    this.#bytes = 0;
    return batch;
  }

  #text(): string {
    const { input } = this.#batching ?? {};
    const given = input === undefined ? '' : `"BatchInput":${JSON.stringify(input)},`;
    return `{${given}"Items":[${this.#texts.join(',')}]}`;
  }
}
