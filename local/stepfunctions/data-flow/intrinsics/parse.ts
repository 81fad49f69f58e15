import type { Json } from '../../../../shared/domain/json.ts';
import { Cursor } from '../json-path/cursor.ts';
import { readPath } from '../json-path/parse-path.ts';
import type { Expression } from './syntax.ts';

/** Calls within each other, as the service has it. */
const maxDepth = 10;

const functionName = /States\.[A-Za-z0-9]+/y;
const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /[a-z]+/y;
/** What may stand between quotes: a backslash only before a quote, a brace or another backslash. */
const text = /(?:[^'\\]|\\['{}\\])*/y;
const words: ReadonlyMap<string, Json> = new Map<string, Json>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** Reads a whole text as a call of an intrinsic function. Throws `PathSyntaxError`. */
export function parseIntrinsic(source: string): Expression {
  const cursor = new Cursor(source);
  cursor.skipBlanks();
  const call = readCall(cursor, 1);
  cursor.skipBlanks();
  if (!cursor.done) throw cursor.unexpected('not part of a call');
  return call;
}

function readCall(cursor: Cursor, depth: number): Expression {
  if (depth > maxDepth) throw cursor.unexpected(`more than ${maxDepth} calls within each other`);
  const name = cursor.match(functionName);
  if (name === undefined) throw cursor.unexpected('expected a function');
  cursor.expect('(');
  return { kind: 'call', name, args: readArguments(cursor, depth) };
}

function readArguments(cursor: Cursor, depth: number): readonly Expression[] {
  const args: Expression[] = [];
  cursor.skipBlanks();
  if (cursor.take(')')) return args;
  do {
    cursor.skipBlanks();
    args.push(readArgument(cursor, depth));
    cursor.skipBlanks();
  } while (cursor.take(','));
  cursor.expect(')');
  return args;
}

function readArgument(cursor: Cursor, depth: number): Expression {
  if (cursor.take("'")) return readText(cursor);
  if (cursor.sees('$')) return readReference(cursor);
  if (cursor.sees('States.')) return readCall(cursor, depth + 1);
  const digits = cursor.match(number);
  if (digits !== undefined) return { kind: 'literal', value: Number(digits) };
  const value = words.get(cursor.match(word) ?? '');
  if (value === undefined) throw cursor.unexpected('expected an argument');
  return { kind: 'literal', value };
}

function readText(cursor: Cursor): Expression {
  const written = cursor.match(text) ?? '';
  cursor.expect("'");
  return { kind: 'text', written };
}

function readReference(cursor: Cursor): Expression {
  const start = cursor.at;
  const tree = readPath(cursor);
  return { kind: 'path', source: cursor.source.slice(start, cursor.at), tree };
}
