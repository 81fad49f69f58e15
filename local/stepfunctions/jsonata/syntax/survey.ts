import type { Node, Stage } from '../library/syntax-tree.ts';

/** The fields of `$states`. */
export type StatesField = 'input' | 'result' | 'errorOutput' | 'context';

/** What is known of an expression before it runs. */
export interface Survey {
  /** Names after a `$`, wherever they stand. */
  readonly names: ReadonlySet<string>;
  /** Those that nothing in the expression binds: workflow variables, functions, `states`. */
  readonly free: ReadonlySet<string>;
  /** The fields of `$states` that it reads; `undefined` when it may read any. */
  readonly fields: ReadonlySet<StatesField> | undefined;
  /** Whether it has a regular expression in it, or a function with a signature, which becomes one. */
  readonly patterns: boolean;
}

export function survey(tree: Node): Survey {
  const surveyor = new Surveyor();
  surveyor.visit(tree);
  const { names, free, patterns } = surveyor;
  return { names, free, patterns, fields: surveyor.wholeStates ? undefined : surveyor.fields };
}

const statesFields: ReadonlySet<string> = new Set<StatesField>(['input', 'result', 'errorOutput', 'context']);

class Surveyor {
  readonly names = new Set<string>();
  readonly free = new Set<string>();
  readonly fields = new Set<StatesField>();
  patterns = false;
  wholeStates = false;
  #bound: ReadonlySet<string> = new Set();

  visit(node: Node): void {
    if (node.type === 'path') this.#scoped(() => this.#path(node));
    else if (node.type === 'lambda') this.#scoped(() => this.#lambda(node));
    else if (node.type === 'block') this.#scoped(() => this.#block(node));
    else if (node.type === 'bind') this.#bind(node);
    else if (node.type === 'variable') this.#name(String(node.value));
    else if (node.type === 'regex') this.patterns = true;
    else this.#parts(node);
    if (node.type !== 'path') this.#suffixes(node);
  }

  #path(node: Node): void {
    const [first, second] = node.steps ?? [];
    const known = readsField(first, second);
    if (known !== undefined) {
      this.names.add('states');
      this.free.add('states');
      this.fields.add(known);
    }
    for (const step of node.steps ?? []) {
      this.#binding(step.focus);
      this.#binding(step.index);
      if (known === undefined || step !== first) this.visit(step);
    }
    this.#suffixes(node);
  }

  /** Functions may call those that are defined further down. */
  #block({ expressions = [] }: Node): void {
    for (const each of expressions) if (each.rhs?.type === 'lambda') this.#binding(boundName(each));
    this.#all(expressions);
  }

  #bind(node: Node): void {
    const name = boundName(node);
    if (name !== undefined) this.names.add(name);
    if (node.rhs?.type === 'lambda') this.#binding(name);
    if (node.rhs !== undefined) this.visit(node.rhs);
    this.#binding(name);
  }

  #lambda(node: Node): void {
    if (node.signature !== undefined) this.patterns = true;
    for (const parameter of node.arguments ?? []) this.#binding(String(parameter.value));
    if (node.body !== undefined) this.visit(node.body);
  }

  #parts(node: Node): void {
    const { lhs } = node;
    if (Array.isArray(lhs)) this.#pairs(lhs);
    else if (lhs !== undefined) this.visit(lhs as Node);
    const { rhs, expression, condition, then, pattern, update, procedure } = node;
    this.#all([rhs, expression, condition, then, node.else, pattern, update, node.delete, procedure]);
    this.#all(node.expressions);
    this.#all(node.arguments);
    this.#all(node.terms?.map((term) => term.expression));
  }

  /** What may follow any node: predicates, positions, groups. */
  #suffixes({ predicate, stages, group }: Node): void {
    for (const stage of [...(predicate ?? []), ...(stages ?? [])]) this.#stage(stage);
    this.#pairs(group?.lhs ?? []);
  }

  #stage({ type, expr, value }: Stage): void {
    if (expr !== undefined) this.visit(expr);
    if (type === 'index') this.#binding(value);
  }

  #pairs(pairs: readonly (readonly [Node, Node])[]): void {
    for (const pair of pairs) this.#all(pair);
  }

  #all(nodes: readonly (Node | undefined)[] | undefined): void {
    for (const node of nodes ?? []) if (node !== undefined) this.visit(node);
  }

  #name(name: string): void {
    this.names.add(name);
    if (this.#bound.has(name)) return;
    this.free.add(name);
    if (name === 'states') this.wholeStates = true;
  }

  #binding(name: string | undefined): void {
    if (name !== undefined) this.#bound = new Set(this.#bound).add(name);
  }

  /** What is bound within is not bound behind. */
  #scoped(visit: () => void): void {
    const outside = this.#bound;
    visit();
    this.#bound = outside;
  }
}

/** The name that a node binds, if it binds one. */
function boundName({ type, lhs }: Node): string | undefined {
  return type === 'bind' && lhs !== undefined && 'value' in lhs ? String(lhs.value) : undefined;
}

/** The field that a path reads when it begins with `$states.field`. */
function readsField(first: Node | undefined, second: Node | undefined): StatesField | undefined {
  if (first?.type !== 'variable' || first.value !== 'states') return undefined;
  if (first.predicate ?? first.stages ?? first.group ?? first.focus ?? first.index) return undefined;
  const name = String(second?.value);
  return second?.type === 'name' && statesFields.has(name) ? (name as StatesField) : undefined;
}
