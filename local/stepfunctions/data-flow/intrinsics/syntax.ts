import type { Json } from '../../../../shared/domain/json.ts';
import type { PathTree } from '../json-path/syntax.ts';

/** A call of an intrinsic function, or an argument of one. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: Json }
  /** Text in quotes as it is written, escapes included: a format reads them itself. */
  | { readonly kind: 'text'; readonly written: string }
  | { readonly kind: 'path'; readonly source: string; readonly tree: PathTree }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] };
