import type { Json } from '../../../../shared/domain/json.ts';
import type { Cursor } from './cursor.ts';
import { operators } from './operators.ts';
import type { Filter, Operand, Step } from './syntax.ts';

/** Filters and brackets within each other. */
const maxDepth = 32;

const symbol = /[=!]==?|[<>]=?|=~|[a-z]+/iy;
const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /[a-z]+/iy;
const words: ReadonlyMap<string, Json> = new Map<string, Json>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

type ReadSteps = (cursor: Cursor, depth: number) => readonly Step[];

/** Reads what follows the `?` of a filter: `(…)`. `depth` counts the filters around. */
export function parseFilter(cursor: Cursor, depth: number, readSteps: ReadSteps): Filter {
  cursor.skipBlanks();
  cursor.expect('(');
  return new FilterParser(cursor, readSteps).group(depth + 1);
}

class FilterParser {
  readonly #cursor: Cursor;
  readonly #readSteps: ReadSteps;

  constructor(cursor: Cursor, readSteps: ReadSteps) {
    this.#cursor = cursor;
    this.#readSteps = readSteps;
  }

  /** Alternatives up to a closing bracket; the opening one has been taken. */
  group(depth: number): Filter {
    this.#limit(depth);
    const filter = this.#chain('||', () => this.#chain('&&', () => this.#term(depth)));
    this.#cursor.skipBlanks();
    this.#cursor.expect(')');
    return filter;
  }

  #chain(link: '||' | '&&', read: () => Filter): Filter {
    const first = read();
    const filters = [first];
    this.#cursor.skipBlanks();
    while (this.#cursor.take(link)) {
      filters.push(read());
      this.#cursor.skipBlanks();
    }
    return filters.length === 1 ? first : { kind: link === '||' ? 'any' : 'all', filters };
  }

  #term(depth: number): Filter {
    this.#limit(depth);
    const cursor = this.#cursor;
    cursor.skipBlanks();
    if (cursor.take('!')) return { kind: 'not', filter: this.#term(depth + 1) };
    if (cursor.take('(')) return this.group(depth + 1);
    const left = this.#operand(depth);
    cursor.skipBlanks();
    const operator = cursor.match(symbol)?.toLowerCase();
    if (operator === undefined) return { kind: 'exists', operand: left };
    if (!operators.has(operator)) throw cursor.unexpected(`'${operator}' is no operator`);
    return { kind: 'compare', operator, left, right: this.#operand(depth) };
  }

  #operand(depth: number): Operand {
    this.#cursor.skipBlanks();
    if (this.#cursor.take('@')) return { kind: 'path', from: 'node', steps: this.#steps(depth) };
    if (this.#cursor.take('$')) return { kind: 'path', from: 'root', steps: this.#steps(depth) };
    return { kind: 'literal', value: this.#literal(depth) };
  }

  #steps(depth: number): readonly Step[] {
    return this.#readSteps(this.#cursor, depth);
  }

  #literal(depth: number): Json {
    const cursor = this.#cursor;
    cursor.skipBlanks();
    if (cursor.take("'")) return cursor.quoted("'");
    if (cursor.take('"')) return cursor.quoted('"');
    if (cursor.take('[')) return this.#list(depth + 1);
    const digits = cursor.match(number);
    if (digits !== undefined) return Number(digits);
    const value = words.get(cursor.match(word) ?? '');
    if (value === undefined) throw cursor.unexpected('expected a value');
    return value;
  }

  #list(depth: number): Json {
    this.#limit(depth);
    const items: Json[] = [];
    this.#cursor.skipBlanks();
    if (this.#cursor.take(']')) return items;
    do {
      items.push(this.#literal(depth));
      this.#cursor.skipBlanks();
    } while (this.#cursor.take(','));
    this.#cursor.expect(']');
    return items;
  }

  #limit(depth: number): void {
    if (depth > maxDepth) throw this.#cursor.unexpected(`more than ${maxDepth} brackets within each other`);
  }
}
