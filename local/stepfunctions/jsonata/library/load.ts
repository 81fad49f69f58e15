import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { applyEdits, type Edit } from './edit.ts';
import { bounds } from './edits-bounds.ts';
import { safety } from './edits-safety.ts';
import { synchronous } from './edits-synchronous.ts';
import { Frame } from './frame.ts';
import { Meter } from './meter.ts';
import { put } from './put.ts';
import type { Node } from './syntax-tree.ts';

/** The library as it is used here: it answers at once, counts what it does, and takes data for data only. */
export interface Library {
  readonly meter: Meter;
  /** Where its functions are bound. */
  readonly root: Frame;
  /** Throws what it throws: an object with a code, and a `RangeError` when there is too much of it. */
  parse(text: string): Node;
  evaluate(tree: Node, frame: Frame): unknown;
  /** Binds a function for all expressions; its signature as the library writes them. */
  define(name: string, signature: string, implementation: (...values: never[]) => unknown): void;
  /** Puts the message of its code into what was thrown. */
  explain(thrown: object): void;
  fromMillis(millis: number, picture?: string, timezone?: string): string;
  /** A list that is its element when there is only one. */
  sequence(): unknown[];
  isFunction(value: unknown): boolean;
}

/** SHA-256 of the one text that the edits were written for and held against. */
const knownText = '8327cafae2779d31512939cc45eba2f1b3fff3c09cdf7906ed457c31f198302b';

let loaded: Library | undefined;

/** Loaded when an expression is first compiled, once. */
export function library(): Library {
  loaded ??= load();
  return loaded;
}

/** All edits, unless a test asks what they are for. */
export function load(edits: readonly Edit[] = [...synchronous, ...safety, ...bounds]): Library {
  const file = createRequire(import.meta.url).resolve('jsonata');
  const meter = new Meter();
  const inside = run(applyEdits(known(readFileSync(file, 'utf8')), edits), file, meter);
  const root = inside.createFrame(inside.staticFrame);
  return {
    meter,
    root,
    parse: (text) => inside.parser(text),
    evaluate: (tree, frame) => inside.evaluate(tree, undefined, frame),
    define: (name, signature, implementation) =>
      root.bind(name, inside.defineFunction(implementation, signature)),
    explain: inside.populateMessage,
    fromMillis: inside.fromMillis,
    sequence: inside.createSequence,
    isFunction: inside.isFunction,
  };
}

/** The text of the library. Throws when it is another than the pinned version's. */
export function known(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex');
  if (hash === knownText) return text;
  throw new Error('The JSONata library is not the version that its edits were written for (2.0.6).');
}

/** What the edits let out. */
interface Inside {
  readonly staticFrame: Frame;
  createFrame(outer: Frame): Frame;
  parser(text: string): Node;
  evaluate(tree: Node, input: unknown, frame: Frame): unknown;
  defineFunction(implementation: unknown, signature: string): unknown;
  populateMessage(thrown: object): void;
  fromMillis(millis: number, picture?: string, timezone?: string): string;
  createSequence(): unknown[];
  isFunction(value: unknown): boolean;
}

function run(text: string, filename: string, meter: Meter): Inside {
  const module = { exports: {} as { readonly inside: Inside } };
  const marks = {
    lambda: Symbol('lambda'),
    function: Symbol('function'),
    tuples: Symbol('tuples'),
    wrapper: Symbol('wrapper'),
  };
  const names = ['module', 'exports', '__meter', '__Frame', '__put', '__marks'];
  compileFunction(text, names, { filename })(module, module.exports, meter, Frame, put, marks);
  return module.exports.inside;
}
