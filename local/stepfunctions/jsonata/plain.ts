import type { Json } from '../../../shared/domain/json.ts';
import type { Library } from './library/load.ts';
import { put } from './library/put.ts';
import { Stop } from './library/stop.ts';

/** Thrown where a result holds something that is no data. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported';
}

/** Bytes that a result may have, counting eight for a number and one for a character. */
const maxBytes = 6_990_256;
/** Levels of lists and objects that a result may have. */
const maxNesting = 1_000;

/**
 * A result as plain JSON: lists lose what the library notes on them, and numbers that JSON cannot write become their
 * names, as the service has it. What is plain already is given back as it is. Throws `Unsupported`, `Stop`.
 */
export function toPlain(value: unknown, library: Library): Json | undefined {
  return new Copier(library).copy(value, 0);
}

/** The result of an expression that only reads: at most the list of what it found has marks. */
export function withoutMarks(value: unknown): Json | undefined {
  return Array.isArray(value) && isMarked(value) ? value.slice() : (value as Json | undefined);
}

/** Marks that the library leaves on lists. */
function isMarked(list: object): boolean {
  return 'sequence' in list || 'keepSingleton' in list || 'cons' in list;
}

class Copier {
  readonly #library: Library;
  #room = maxBytes;

  constructor(library: Library) {
    this.#library = library;
  }

  copy(value: unknown, depth: number): Json | undefined {
    switch (typeof value) {
      case 'string':
        this.#take(value.length);
        return value;
      case 'number':
        this.#take(8);
        return Number.isFinite(value) ? value : String(value);
      case 'boolean':
      case 'undefined':
        return value;
      case 'object':
        return value === null ? null : this.#copyObject(value, depth);
      default:
        throw new Unsupported();
    }
  }

  #copyObject(value: object, depth: number): Json {
    if (this.#library.isFunction(value)) throw new Unsupported();
    if (depth > maxNesting) throw new Stop('depth');
    return Array.isArray(value)
      ? this.#list(value, depth + 1)
      : this.#fields(value as Readonly<Record<string, unknown>>, depth + 1);
  }

  #list(list: readonly unknown[], depth: number): Json {
    this.#take(list.length);
    const copies: Json[] = [];
    let same = !isMarked(list);
    for (const item of list) {
      const copy = this.copy(item, depth);
      same &&= copy === item;
      if (copy !== undefined) copies.push(copy);
    }
    return same ? (list as readonly Json[]) : copies;
  }

  #fields(object: Readonly<Record<string, unknown>>, depth: number): Json {
    let changed: Record<string, Json | undefined> | undefined;
    for (const name of Object.keys(object)) {
      this.#take(name.length);
      const value = object[name];
      const copy = this.copy(value, depth);
      if (copy === value && copy !== undefined) continue;
      changed ??= { ...object } as Record<string, Json | undefined>;
      if (copy === undefined) delete changed[name];
      else put(changed, name, copy);
    }
    return (changed ?? object) as Json;
  }

  #take(bytes: number): void {
    this.#library.meter.tick(1);
    this.#room -= bytes;
    if (this.#room < 0) throw new Stop('memory');
  }
}
