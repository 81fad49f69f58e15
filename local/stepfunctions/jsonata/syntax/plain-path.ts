import type { Node } from '../library/syntax-tree.ts';

/** Whether an expression only reads: a variable, and names below it. What it finds is data as they were given. */
export function isPlainPath(tree: Node): boolean {
  if (tree.type === 'variable') return isBare(tree);
  if (tree.type !== 'path' || 'keepSingletonArray' in tree) return false;
  return isBare(tree) && (tree.steps ?? []).every((step, index) => isBare(step) && isRead(step, index));
}

function isRead({ type }: Node, index: number): boolean {
  return type === (index === 0 ? 'variable' : 'name');
}

function isBare({ predicate, stages, group, focus, index, ...node }: Node): boolean {
  return (predicate ?? stages ?? group ?? focus ?? index) === undefined && !('keepArray' in node);
}
