import type { Json, JsonObject } from '../../../../shared/domain/json.ts';
import { isObject } from '../is-object.ts';
import type { Budget } from './budget.ts';
import type { Evaluation, Search } from './evaluation.ts';
import { compileFilter } from './filter.ts';
import type { Selector, Step } from './syntax.ts';

/** Adds what it takes of a node to a list. */
type Select = (node: Json, found: Json[], evaluation: Evaluation) => void;

/** Compiles the steps of a path that may name many nodes into a function that finds them all, in order. */
export function compileSteps(steps: readonly Step[]): Search {
  const selects = steps.map(compileStep);
  return (node, evaluation) => {
    let nodes: readonly Json[] = [node];
    for (const select of selects) {
      const found: Json[] = [];
      for (const from of nodes) select(from, found, evaluation);
      nodes = found;
    }
    return nodes;
  };
}

function compileStep({ selector, deep }: Step): Select {
  const select = compileSelector(selector, deep);
  if (!deep) return select;
  return (node, found, evaluation) => {
    // A stack of its own, as documents may be deeper than the one of the process.
    const waiting = [node];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      select(next, found, evaluation);
      for (const child of children(next, evaluation.budget).toReversed())
        if (typeof child === 'object' && child !== null) waiting.push(child);
    }
  };
}

function children(node: Json, budget: Budget): readonly Json[] {
  const all = partsOf(node);
  budget.spend(1 + all.length);
  return all;
}

function partsOf(node: Json): readonly Json[] {
  if (Array.isArray(node)) return node as readonly Json[];
  return isObject(node) ? Object.values(node) : [];
}

function compileSelector(selector: Selector, deep: boolean): Select {
  switch (selector.kind) {
    case 'name':
      return ofObject((node, found) => addMember(node, selector.name, found));
    case 'names':
      return ofObject((node, found) => {
        for (const name of selector.names) addMember(node, name, found);
      });
    case 'index':
      return ofList((list, found) => addItem(list, selector.index, found));
    case 'indexes':
      return ofList((list, found) => {
        for (const index of selector.indexes) addItem(list, index, found);
      });
    case 'slice':
      return ofList((list, found, { budget }) => addSlice(list, selector, { found, budget }));
    case 'all':
      return (node, found, { budget }) => addAll(found, children(node, budget));
    case 'filter':
      return selectFiltered(compileFilter(selector.filter, compileSteps), deep);
    case 'call':
      return () => undefined;
  }
}

function ofObject(select: (node: JsonObject, found: Json[]) => void): Select {
  return (node, found, { budget }) => {
    budget.spend();
    if (isObject(node)) select(node, found);
  };
}

function ofList(select: (list: readonly Json[], found: Json[], evaluation: Evaluation) => void): Select {
  return (node, found, evaluation) => {
    evaluation.budget.spend();
    if (Array.isArray(node)) select(node, found, evaluation);
  };
}

function addMember(node: JsonObject, name: string, found: Json[]): void {
  if (Object.hasOwn(node, name)) found.push(node[name] as Json);
}

function addItem(list: readonly Json[], index: number, found: Json[]): void {
  const item = list.at(index);
  if (item !== undefined) found.push(item);
}

function addAll(found: Json[], nodes: readonly Json[]): void {
  for (const node of nodes) found.push(node);
}

type Slice = Extract<Selector, { readonly kind: 'slice' }>;

function addSlice(
  list: readonly Json[],
  { from, to, step }: Slice,
  { found, budget }: { readonly found: Json[]; readonly budget: Budget },
): void {
  const { length } = list;
  const bound = (at: number, least: number, most: number): number =>
    Math.min(Math.max(at < 0 ? at + length : at, least), most);
  if (step > 0) {
    const end = bound(to ?? length, 0, length);
    for (let at = bound(from ?? 0, 0, length); at < end; at += step) found.push(list[at] as Json);
  }
  if (step < 0) {
    const end = to === undefined ? -1 : bound(to, -1, length - 1);
    for (let at = bound(from ?? length - 1, -1, length - 1); at > end; at += step)
      found.push(list[at] as Json);
  }
  budget.spend(length);
}

/** Items of a list; an object is tested itself. Below `..` every object stands for itself, so that none is found twice. */
function selectFiltered(test: (node: Json, evaluation: Evaluation) => boolean, deep: boolean): Select {
  return (node, found, evaluation) => {
    const tested = Array.isArray(node) && !deep ? (node as readonly Json[]) : [node];
    evaluation.budget.spend(tested.length);
    for (const item of tested) if (test(item, evaluation)) found.push(item);
  };
}
