import type { Json } from '../../../shared/domain/json.ts';
import { type InterpretationFailure, runtimeFailure } from '../errors/state-failure.ts';
import { child, parseReferencePath, type Segment } from './reference-path.ts';
import type { Scope } from './scope.ts';

/** A path compiled once and read often. */
export interface Path {
  /** As written, for messages. */
  readonly source: string;
  /** The node it names, or `undefined` if there is none. */
  find(scope: Scope): Json | undefined;
  /** The node it names; ends the state as `States.Runtime` if there is none. */
  read(scope: Scope): Json;
}

/** Throws `PathSyntaxError`. */
export function compilePath(source: string): Path {
  const { context, segments } = parseReferencePath(source);
  const walk = walker(segments);
  const find = context ? (scope: Scope) => walk(scope.context()) : (scope: Scope) => walk(scope.input);
  const read = (scope: Scope): Json => {
    const found = find(scope);
    if (found !== undefined) return found;
    throw missing(source, segments, context ? scope.context() : scope.input);
  };
  return { source, find, read };
}

type Walk = (node: Json) => Json | undefined;

function walker(segments: readonly Segment[]): Walk {
  const [first] = segments;
  if (first === undefined) return (node) => node;
  if (segments.length === 1) return (node) => child(node, first);
  return (node) => {
    let found: Json | undefined = node;
    for (const segment of segments) {
      if (found === undefined) return undefined;
      found = child(found, segment);
    }
    return found;
  };
}

/** In the words of the service: it tells a missing last step from a missing one on the way. */
function missing(source: string, segments: readonly Segment[], root: Json): InterpretationFailure {
  let node: Json | undefined = root;
  let walked = '$';
  for (const [index, segment] of segments.entries()) {
    node = child(node, segment);
    walked += typeof segment === 'number' ? `[${segment}]` : `['${segment}']`;
    if (node !== undefined) continue;
    const last = index === segments.length - 1;
    return runtimeFailure(
      last
        ? `Invalid path '${source}' : No results for path: ${walked}`
        : `Invalid path '${source}' : Missing property in path ${walked}`,
    );
  }
  return runtimeFailure(`Invalid path '${source}'`);
}
