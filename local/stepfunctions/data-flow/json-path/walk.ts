import type { Json, JsonObject } from '../../../../shared/domain/json.ts';
import { isObject } from '../is-object.ts';
import type { Selector, Step } from './syntax.ts';

/** Goes from a node to the one that a path names, or to `undefined`. */
export type Walk = (node: Json) => Json | undefined;

/** Compiles the steps of a path that names one node at most. */
export function walkDefinite(steps: readonly Step[]): Walk {
  const [first, second, ...more] = steps.map(({ selector }) => compileMove(selector));
  if (first === undefined) return (node) => node;
  if (second === undefined) return first;
  const rest = [second, ...more];
  return (node) => {
    let found = first(node);
    for (const move of rest) {
      if (found === undefined) return undefined;
      found = move(found);
    }
    return found;
  };
}

/** The move that one step makes. */
export function compileMove(selector: Selector): Walk {
  if (selector.kind === 'name') return byName(selector.name);
  if (selector.kind === 'index') return byIndex(selector.index);
  if (selector.kind === 'names') return (node) => gather(node, selector.names);
  if (selector.kind === 'call' && selector.name === 'length') return length;
  // Of all other functions the service finds nothing.
  return () => undefined;
}

function byName(name: string): Walk {
  return (node) => {
    if (node === null || typeof node !== 'object' || Array.isArray(node) || !Object.hasOwn(node, name))
      return undefined;
    return (node as JsonObject)[name];
  };
}

function byIndex(index: number): Walk {
  if (index < 0) return (node) => (Array.isArray(node) ? (node as readonly Json[]).at(index) : undefined);
  return (node) => (Array.isArray(node) ? (node as readonly Json[])[index] : undefined);
}

/** An object with those of the members that are there. */
function gather(node: Json, names: readonly string[]): Json | undefined {
  if (!isObject(node)) return undefined;
  const there = names.filter((name) => Object.hasOwn(node, name));
  return Object.fromEntries(there.map((name) => [name, node[name] as Json]));
}

function length(node: Json): Json | undefined {
  if (Array.isArray(node)) return node.length;
  return isObject(node) ? Object.keys(node).length : undefined;
}
