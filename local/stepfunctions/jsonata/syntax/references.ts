import type { Node } from '../library/syntax-tree.ts';

/** What an expression reads that a service without an input document may refuse. */
export interface References {
  /** Names that are read from the document that does not exist, and `$` itself; as written, each once. */
  readonly top: readonly string[];
  /** Whether `$$` is read. */
  readonly root: boolean;
  /** Fields of `$states` that paths begin with. */
  readonly states: ReadonlySet<string>;
}

/**
 * Finds what is evaluated against the document that an expression is given. Only the first step of a path is; what
 * comes later runs against what came before. The body of a function keeps the document of where it is defined.
 */
export function findReferences(tree: Node): References {
  const found = { top: new Set<string>(), root: false, states: new Set<string>() };
  collect(tree, found);
  return { ...found, top: [...found.top] };
}

interface Found {
  readonly top: Set<string>;
  root: boolean;
  readonly states: Set<string>;
}

function collect(node: Node | undefined, found: Found): void {
  if (node === undefined) return;
  if (node.type === 'path') collectPath(node, found);
  else if (node.type === 'name') found.top.add(String(node.value));
  else if (node.type === 'variable') collectVariable(node, found);
  else for (const part of partsOf(node)) collect(part, found);
}

function collectPath({ steps = [] }: Node, found: Found): void {
  const [first, second] = steps;
  collect(first, found);
  if (first?.type === 'variable' && first.value === 'states' && second?.type === 'name')
    found.states.add(String(second.value));
}

function collectVariable({ value }: Node, found: Found): void {
  if (value === '') found.top.add('$');
  if (value === '$') found.root = true;
}

/** What sees the same document; predicates, terms, groups and transformations see another. */
function partsOf(node: Node): readonly (Node | undefined)[] {
  const { type, lhs, rhs, expression, expressions = [], procedure, body, condition } = node;
  if (type === 'transform' || type === 'sort') return [];
  const operands = Array.isArray(lhs)
    ? lhs.flat()
    : [type === 'bind' ? undefined : (lhs as Node | undefined)];
  const values = type === 'lambda' ? [] : (node.arguments ?? []);
  return [
    ...operands,
    rhs,
    expression,
    ...expressions,
    procedure,
    ...values,
    body,
    condition,
    node.then,
    node.else,
  ];
}
