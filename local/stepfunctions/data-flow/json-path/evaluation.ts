import type { Json } from '../../../../shared/domain/json.ts';
import type { Budget } from './budget.ts';

/** What a path is evaluated with: the document it started at, and what it may still look at. */
export interface Evaluation {
  readonly root: Json;
  readonly budget: Budget;
}

/** Finds all nodes that a path names, in order. */
export type Search = (node: Json, evaluation: Evaluation) => readonly Json[];
