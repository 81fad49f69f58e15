import type { JsonataEngine } from '../engine.ts';
import { Stop } from '../library/stop.ts';
import type { Node } from '../library/syntax-tree.ts';
import { type Outcome, stoppedBy } from '../outcome.ts';
import type { Job } from './job.ts';

/** Steps that any expression may take: about a second. */
const steps = 40_000_000;

/** Evaluates what was handed over. Throws nothing; only the regular expressions in it can take for ever. */
export function perform(job: Job, engine: JsonataEngine): Outcome {
  const values = Object.entries(JSON.parse(job.values) as object);
  try {
    const tree = parsed(job.source, engine);
    const { now, seeds } = job;
    return engine.evaluate(tree, { values, steps, patterns: true, now, seeds, reads: false });
  } catch (error) {
    if (error instanceof Stop) return stoppedBy(error.reason);
    throw error;
  }
}

/** Expressions that are remembered; they come again with every execution. */
const trees = new Map<string, Node>();
const maxTrees = 200;

function parsed(source: string, engine: JsonataEngine): Node {
  const known = trees.get(source);
  if (known !== undefined) return known;
  const tree = engine.parse(source);
  if (trees.size >= maxTrees) trees.clear();
  trees.set(source, tree);
  return tree;
}
