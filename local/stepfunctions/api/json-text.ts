import { ServiceError } from '../service-error.ts';

/** What is wrong with a text that should be JSON, as the service tells it; `undefined` for JSON. */
export function flawOfJson(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return new Scan(text).flaw();
  }
}

/** Refuses an execution's input that is no JSON. */
export function checkInput(text: string): void {
  const flaw = flawOfJson(text);
  if (flaw === undefined) return;
  throw new ServiceError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${flaw}'`);
}

const literals = ['true', 'false', 'null'];
const values = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
const number = /-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const word = /[\p{L}\p{N}_$]+/uy;
const string = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;

type Wanted = 'value' | 'name' | 'next';
type Step = { readonly flaw: string } | { readonly wants: Wanted };

/** Reads JSON up to the first thing that cannot stand there. Keeps its own stack, so depth costs no calls. */
class Scan {
  readonly #text: string;
  readonly #open: ('Object' | 'Array')[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  flaw(): string {
    return this.#read() ?? 'Invalid execution input.';
  }

  #read(): string | undefined {
    for (let wants: Wanted = 'value'; ; ) {
      this.#skip();
      if (this.#at >= this.#text.length) return this.#ended();
      const read: Step = this.#step(wants);
      if ('flaw' in read) return read.flaw;
      wants = read.wants;
    }
  }

  #step(wants: Wanted): Step {
    if (wants === 'value') return this.#value();
    return wants === 'name' ? this.#name() : this.#next();
  }

  #value(): Step {
    const character = this.#text.charAt(this.#at);
    if (character === '{' || character === '[') {
      this.#open.push(character === '{' ? 'Object' : 'Array');
      this.#at += 1;
      return this.#entered();
    }
    if (this.#take(string) || this.#take(number)) return { wants: 'next' };
    const token = this.#take(word);
    if (token === undefined) return { flaw: this.#unexpected('a valid value') };
    if (literals.includes(token)) return { wants: 'next' };
    return { flaw: `Unrecognized token '${token}': was expecting ${values}` };
  }

  #entered(): Step {
    this.#skip();
    const closes = this.#text.charAt(this.#at) === (this.#open.at(-1) === 'Object' ? '}' : ']');
    if (closes) return { wants: 'next' };
    return { wants: this.#open.at(-1) === 'Object' ? 'name' : 'value' };
  }

  #name(): Step {
    if (this.#take(string) === undefined) {
      return { flaw: this.#unexpected('double-quote to start field name') };
    }
    this.#skip();
    if (this.#text.charAt(this.#at) !== ':') {
      return { flaw: this.#unexpected('a colon to separate field name and value') };
    }
    this.#at += 1;
    return { wants: 'value' };
  }

  #next(): Step {
    const inside = this.#open.at(-1);
    const character = this.#text.charAt(this.#at);
    if (inside === undefined) return { flaw: this.#unexpected('the end of the input') };
    if (character === (inside === 'Object' ? '}' : ']')) {
      this.#open.pop();
      this.#at += 1;
      return { wants: 'next' };
    }
    if (character !== ',') return { flaw: this.#unexpected(`comma to separate ${inside} entries`) };
    this.#at += 1;
    return { wants: inside === 'Object' ? 'name' : 'value' };
  }

  #ended(): string | undefined {
    const inside = this.#open.at(-1);
    return inside && `Unexpected end-of-input: expected close marker for ${inside}`;
  }

  #unexpected(wanted: string): string {
    const character = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
    return `Unexpected character ('${character}' (code ${character.codePointAt(0)})): was expecting ${wanted}`;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #skip(): void {
    while (' \t\r\n'.includes(this.#text.charAt(this.#at)) && this.#at < this.#text.length) this.#at += 1;
  }
}
