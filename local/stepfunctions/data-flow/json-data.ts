import type { Json } from '../../../shared/domain/json.ts';

/**
 * A JSON document that knows itself as text and as value, and makes either from the other at most once: what a
 * function answered goes into the history, and on to the next function, without being written or parsed again.
 * The value is shared and must not be changed.
 */
export class JsonData {
  #text: string | undefined;
  #value: Json | undefined;
  #load: (() => string) | undefined;

  private constructor(text?: string, value?: Json, load?: () => string) {
    this.#text = text;
    this.#value = value;
    this.#load = load;
  }

  /** Of JSON text; throws `SyntaxError` right here when it is none. */
  static parse(text: string): JsonData {
    return new JsonData(text, JSON.parse(text) as Json);
  }

  static of(value: Json): JsonData {
    return new JsonData(undefined, value);
  }

  /** Of text that is known to be JSON and fetched only when it is needed. */
  static lazy(load: () => string): JsonData {
    return new JsonData(undefined, undefined, load);
  }

  get text(): string {
    if (this.#text !== undefined) return this.#text;
    this.#text = this.#load === undefined ? JSON.stringify(this.#value) : this.#load();
    this.#load = undefined;
    return this.#text;
  }

  get value(): Json {
    if (this.#value === undefined) this.#value = JSON.parse(this.text) as Json;
    return this.#value;
  }
}

export const emptyObject = JsonData.of({});
