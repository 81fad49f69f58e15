import type { Json } from '../../../shared/domain/json.ts';
import { runtimeFailure } from '../errors/state-failure.ts';
import type { Effort } from './effort.ts';
import { Budget } from './json-path/budget.ts';
import { explainMiss, type Miss } from './json-path/miss.ts';
import { parsePath } from './json-path/parse-path.ts';
import { compileSteps } from './json-path/select.ts';
import { isDefinite, type PathTree, type Root, type Step } from './json-path/syntax.ts';
import { walkDefinite } from './json-path/walk.ts';
import type { Scope } from './scope.ts';
import { checkSize } from './size.ts';

/** A path compiled once and read often. */
export interface Path {
  /** As written, for messages. */
  readonly source: string;
  /** Names of the workflow variables it refers to. */
  readonly variables: readonly string[];
  /**
   * The node it names, or `undefined` if there is none. A path that may name many nodes gives a list of them, which is
   * empty if there is none.
   */
  find(scope: Scope): Json | undefined;
  /** The node it names; ends the state as `States.Runtime` if there is none. */
  read(scope: Scope): Json;
}

/** A path that can tell why it finds nothing. */
export interface ExplainedPath extends Path {
  /** Why `find` gave nothing. */
  miss(scope: Scope): Miss;
  /** Whether it starts at the context object. */
  readonly context: boolean;
}

/** Throws `PathSyntaxError`. */
export function compilePath(source: string): Path {
  return compileExplainedPath(source, parsePath(source));
}

export function compileExplainedPath(source: string, { root, steps }: PathTree): ExplainedPath {
  const document = documentOf(root);
  const search = compileSearch(source, steps);
  const find =
    root.kind === 'input'
      ? (scope: Scope) => search(scope.input, scope.effort)
      : (scope: Scope) => {
          const from = document(scope);
          return from === undefined ? undefined : search(from, scope.effort);
        };
  const miss = (scope: Scope): Miss => {
    const from = document(scope);
    if (from !== undefined) return explainMiss(steps, from);
    return { kind: 'member', explanation: `No results for path: ${source}` };
  };
  const read = (scope: Scope): Json => {
    const found = find(scope);
    if (found !== undefined) return found;
    throw runtimeFailure(`Invalid path '${source}' : ${miss(scope).explanation}`);
  };
  return {
    source,
    variables: root.kind === 'variable' ? [root.name] : [],
    context: root.kind === 'context',
    find,
    read,
    miss,
  };
}

function documentOf(root: Root): (scope: Scope) => Json | undefined {
  if (root.kind === 'input') return (scope) => scope.input;
  if (root.kind === 'context') return (scope) => scope.context();
  return (scope) => scope.variable(root.name);
}

type Find = (from: Json, effort?: Effort) => Json | undefined;

function compileSearch(source: string, steps: readonly Step[]): Find {
  if (isDefinite(steps)) return walkDefinite(steps);
  const last = steps.at(-1)?.selector;
  const search = compileSteps(last?.kind === 'call' ? steps.slice(0, -1) : steps);
  const nodes = (root: Json, effort?: Effort) =>
    search(root, { root, budget: new Budget(`Invalid path '${source}'`, effort) });
  if (last?.kind !== 'call') return (root, effort) => checkSize(nodes(root, effort));
  return last.name === 'length' ? (root, effort) => nodes(root, effort).length : () => undefined;
}
