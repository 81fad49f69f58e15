import type { Json } from '../../../shared/domain/json.ts';

/** A step into an object or an array. */
export type Segment = string | number;

export interface ReferencePath {
  /** As written, for messages. */
  readonly source: string;
  /** Whether it starts at the context object (`$$`). */
  readonly context: boolean;
  readonly segments: readonly Segment[];
}

/** A path that is none, or one of a kind that is not taken here. */
export class PathSyntaxError extends Error {
  override readonly name = 'PathSyntaxError';
}

const segmentPattern = /\.([\p{L}\p{N}_-]+)|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]/uy;

/**
 * Reads a reference path: `$` or `$$`, then `.name`, `['name']` or `[0]`, which together name one node at most. Other
 * JSONPath (wildcards, slices, filters, functions) is refused.
 */
export function parseReferencePath(source: string): ReferencePath {
  const context = source.startsWith('$$');
  const start = context ? 2 : 1;
  if (!source.startsWith('$')) throw new PathSyntaxError(`'${source}' does not start with '$'`);
  const segments: Segment[] = [];
  segmentPattern.lastIndex = start;
  while (segmentPattern.lastIndex < source.length) {
    const at = segmentPattern.lastIndex;
    const match = segmentPattern.exec(source);
    if (match === null) throw new PathSyntaxError(`'${source.slice(at)}' is not part of a reference path`);
    segments.push(segmentOf(match));
  }
  return { source, context, segments };
}

function segmentOf([, name, single, double, index]: RegExpExecArray): Segment {
  if (name !== undefined) return name;
  if (index !== undefined) return Number(index);
  if (single !== undefined) return single.replaceAll("\\'", "'");
  return (double ?? '').replaceAll('\\"', '"');
}

/** The child of a node, or `undefined` if it has none of that name or number. */
export function child(node: Json, segment: Segment): Json | undefined {
  if (node === null || typeof node !== 'object') return undefined;
  if (Array.isArray(node))
    return typeof segment === 'number' ? (node as readonly Json[])[segment] : undefined;
  if (typeof segment === 'number' || !Object.hasOwn(node, segment)) return undefined;
  return (node as { readonly [key: string]: Json })[segment];
}
