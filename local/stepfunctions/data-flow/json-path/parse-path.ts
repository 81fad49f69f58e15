import { Cursor } from './cursor.ts';
import { parseFilter } from './parse-filter.ts';
import type { PathTree, Root, Selector, Step } from './syntax.ts';

/** Steps a path may have. */
const maxSteps = 256;

const variableName = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;
const memberName = /[^\s.[\]()'"*,{}=<>!&|]+/y;
const integer = /-?\d{1,15}(?!\d)/y;

/** Reads a whole text as a path. Throws `PathSyntaxError`. */
export function parsePath(source: string): PathTree {
  const cursor = new Cursor(source);
  const path = readPath(cursor);
  if (!cursor.done) throw cursor.unexpected('not part of a path');
  return path;
}

/** Reads the path that begins here and stops after it. */
export function readPath(cursor: Cursor): PathTree {
  const root = readRoot(cursor);
  return { root, steps: readSteps(cursor, 0) };
}

function readRoot(cursor: Cursor): Root {
  if (cursor.take('$$')) return { kind: 'context' };
  if (!cursor.take('$')) throw cursor.unexpected("a path starts with '$'");
  const name = cursor.match(variableName);
  return name === undefined ? { kind: 'input' } : { kind: 'variable', name };
}

/** `depth` counts the filters around. */
function readSteps(cursor: Cursor, depth: number): readonly Step[] {
  const steps: Step[] = [];
  while (cursor.sees('.') || cursor.sees('[')) {
    if (steps.length === maxSteps) throw cursor.unexpected(`more than ${maxSteps} steps`);
    const step = readStep(cursor, depth);
    steps.push(step);
    if (step.selector.kind === 'call') break;
  }
  return steps;
}

function readStep(cursor: Cursor, depth: number): Step {
  const deep = cursor.take('..');
  if (!deep) cursor.take('.');
  if (cursor.take('[')) return { selector: readBrackets(cursor, depth), deep };
  if (cursor.take('*')) return { selector: { kind: 'all' }, deep };
  const name = cursor.match(memberName);
  if (name === undefined) throw cursor.unexpected('expected a name');
  return { selector: cursor.take('()') ? { kind: 'call', name } : { kind: 'name', name }, deep };
}

function readBrackets(cursor: Cursor, depth: number): Selector {
  cursor.skipBlanks();
  const selector = readSelector(cursor, depth);
  cursor.skipBlanks();
  cursor.expect(']');
  return selector;
}

function readSelector(cursor: Cursor, depth: number): Selector {
  if (cursor.take('*')) return { kind: 'all' };
  if (cursor.take('?')) return { kind: 'filter', filter: parseFilter(cursor, depth, readSteps) };
  if (cursor.sees("'") || cursor.sees('"')) return readNames(cursor);
  return readNumbers(cursor);
}

function readNames(cursor: Cursor): Selector {
  const names = listOf(cursor, () => {
    if (cursor.take("'")) return cursor.quoted("'");
    cursor.expect('"');
    return cursor.quoted('"');
  });
  const [name, ...more] = names;
  return name !== undefined && more.length === 0 ? { kind: 'name', name } : { kind: 'names', names };
}

function readNumbers(cursor: Cursor): Selector {
  const from = readInteger(cursor);
  cursor.skipBlanks();
  if (cursor.sees(':')) return readSlice(cursor, from);
  if (from === undefined) throw cursor.unexpected('expected a name, an index or a filter');
  if (!cursor.take(',')) return { kind: 'index', index: from };
  const more = listOf(cursor, () => {
    const index = readInteger(cursor);
    if (index === undefined) throw cursor.unexpected('expected an index');
    return index;
  });
  return { kind: 'indexes', indexes: [from, ...more] };
}

function readSlice(cursor: Cursor, from: number | undefined): Selector {
  cursor.expect(':');
  cursor.skipBlanks();
  const to = readInteger(cursor);
  cursor.skipBlanks();
  const step = cursor.take(':') ? readInteger(cursor) : undefined;
  const bounds = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  return { kind: 'slice', ...bounds, step: step ?? 1 };
}

function readInteger(cursor: Cursor): number | undefined {
  const digits = cursor.match(integer);
  return digits === undefined ? undefined : Number(digits);
}

function listOf<T>(cursor: Cursor, read: () => T): readonly T[] {
  const items: T[] = [];
  do {
    cursor.skipBlanks();
    items.push(read());
    cursor.skipBlanks();
  } while (cursor.take(','));
  return items;
}
