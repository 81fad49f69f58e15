import { PathSyntaxError } from '../reference-path.ts';
import { parsePath } from './parse-path.ts';
import type { Selector, Step } from './syntax.ts';

/** A step into an object or an array. */
export type Segment = string | number;

/**
 * Reads a reference path, which names one place of the input: `$`, then `.name`, `['name']` or `[0]`. Throws
 * `PathSyntaxError`, for other paths as well.
 */
export function parseReferencePath(source: string): readonly Segment[] {
  const { root, steps } = parsePath(source);
  if (root.kind !== 'input') throw notReference(`'${source}' does not start at the input`);
  return steps.map(segmentOf);
}

function segmentOf({ selector, deep }: Step): Segment {
  const segment = deep ? undefined : nameOrIndex(selector);
  if (segment === undefined) throw notReference('it may name more or less than one node');
  return segment;
}

function nameOrIndex(selector: Selector): Segment | undefined {
  if (selector.kind === 'name') return selector.name;
  return selector.kind === 'index' && selector.index >= 0 ? selector.index : undefined;
}

function notReference(why: string): PathSyntaxError {
  return new PathSyntaxError(`Value is not a Reference Path: ${why}`);
}
