import type { Json } from '../../../../shared/domain/json.ts';
import { isObject } from '../is-object.ts';
import { jsonText } from '../json-text.ts';
import type { Step } from './syntax.ts';
import { compileMove } from './walk.ts';

/** Why a path names nothing. */
export interface Miss {
  /** In the words of the service, which tells a missing last step from a missing one on the way. */
  readonly explanation: string;
  /** What was in the way: an absent member, an index past the end of a list, or a value of another kind. */
  readonly kind: 'member' | 'past-end' | 'not-an-object' | 'not-a-list';
}

/** Follows the steps of a definite path that led to nothing, up to where it went wrong. */
export function explainMiss(steps: readonly Step[], root: Json): Miss {
  let node = root;
  let walked = '$';
  for (const [index, step] of steps.entries()) {
    const found = compileMove(step.selector)(node);
    if (found === undefined) return missAt({ node, walked, step, last: index === steps.length - 1 });
    walked += written(step);
    node = found;
  }
  return { kind: 'member', explanation: `No results for path: ${walked}` };
}

interface Stop {
  readonly node: Json;
  readonly walked: string;
  readonly step: Step;
  readonly last: boolean;
}

function missAt({ node, walked, step, last }: Stop): Miss {
  const next = written(step);
  if (step.selector.kind === 'index') {
    if (Array.isArray(node))
      return { kind: 'past-end', explanation: `No results for path: ${walked}${next}` };
    const explanation = `Filter: ${next} can only be applied to arrays. Current context is: ${jsonText(node)}`;
    return { kind: 'not-a-list', explanation };
  }
  if (!isObject(node)) {
    const explanation = `Expected to find an object with property ${next} in path ${walked} but found '${kindOf(node)}'.`;
    return { kind: 'not-an-object', explanation };
  }
  const problem = last ? 'No results for path:' : 'Missing property in path';
  return { kind: 'member', explanation: `${problem} ${walked}${next}` };
}

function written({ selector }: Step): string {
  if (selector.kind === 'name') return `['${selector.name}']`;
  if (selector.kind === 'index') return `[${selector.index}]`;
  if (selector.kind === 'names') return `[${selector.names.map((name) => `'${name}'`).join(',')}]`;
  return selector.kind === 'call' ? `.${selector.name}()` : '';
}

function kindOf(node: Json): string {
  if (node === null) return 'null';
  return Array.isArray(node) ? 'array' : typeof node;
}
