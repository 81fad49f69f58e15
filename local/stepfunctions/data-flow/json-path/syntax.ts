import type { Json } from '../../../../shared/domain/json.ts';

/** What a path starts at: `$`, `$$`, or `$name`. */
export type Root =
  | { readonly kind: 'input' }
  | { readonly kind: 'context' }
  | { readonly kind: 'variable'; readonly name: string };

/** What a step takes of a node. A negative index counts from the end. */
export type Selector =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
  | { readonly kind: 'slice'; readonly from?: number; readonly to?: number; readonly step: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'filter'; readonly filter: Filter }
  | { readonly kind: 'call'; readonly name: string };

export interface Step {
  readonly selector: Selector;
  /** Whether it looks at everything below a node as well (`..`). */
  readonly deep: boolean;
}

export interface PathTree {
  readonly root: Root;
  readonly steps: readonly Step[];
}

/** A value that a filter compares. */
export type Operand =
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'path'; readonly from: 'node' | 'root'; readonly steps: readonly Step[] };

/** Whether a node is taken by `[?(…)]`. */
export type Filter =
  | { readonly kind: 'all' | 'any'; readonly filters: readonly Filter[] }
  | { readonly kind: 'not'; readonly filter: Filter }
  | { readonly kind: 'exists'; readonly operand: Operand }
  | { readonly kind: 'compare'; readonly operator: string; readonly left: Operand; readonly right: Operand };

/** Whether a path names one node at most. Several names are gathered into one object where they end a path. */
export function isDefinite(steps: readonly Step[]): boolean {
  return steps.every(({ selector, deep }, index) => {
    if (deep) return false;
    if (selector.kind === 'names') return index === steps.length - 1;
    return selector.kind === 'name' || selector.kind === 'index' || selector.kind === 'call';
  });
}
