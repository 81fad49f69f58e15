import type { Json } from '../../../../shared/domain/json.ts';
import type { Evaluation, Search } from './evaluation.ts';
import { type Operator, operators } from './operators.ts';
import { type Filter, isDefinite, type Operand, type Step } from './syntax.ts';
import { walkDefinite } from './walk.ts';

type Test = (node: Json, evaluation: Evaluation) => boolean;
type Read = (node: Json, evaluation: Evaluation) => Json | undefined;
type CompileSteps = (steps: readonly Step[]) => Search;

/** Compiles a filter into a test of one node. */
export function compileFilter(filter: Filter, compileSteps: CompileSteps): Test {
  switch (filter.kind) {
    case 'all': {
      const tests = filter.filters.map((part) => compileFilter(part, compileSteps));
      return (node, evaluation) => tests.every((test) => test(node, evaluation));
    }
    case 'any': {
      const tests = filter.filters.map((part) => compileFilter(part, compileSteps));
      return (node, evaluation) => tests.some((test) => test(node, evaluation));
    }
    case 'not': {
      const test = compileFilter(filter.filter, compileSteps);
      return (node, evaluation) => !test(node, evaluation);
    }
    case 'exists':
      return compileExists(filter.operand, compileSteps);
    case 'compare':
      return compileComparison(filter, compileSteps);
  }
}

/** A literal is taken for its truth; a list of nodes is there when it is not empty. */
function compileExists(operand: Operand, compileSteps: CompileSteps): Test {
  if (operand.kind === 'literal') return () => operand.value === true;
  const read = compileOperand(operand, compileSteps);
  if (isDefinite(operand.steps)) return (node, evaluation) => read(node, evaluation) !== undefined;
  return (node, evaluation) => (read(node, evaluation) as readonly Json[]).length > 0;
}

type Comparison = Extract<Filter, { readonly kind: 'compare' }>;

function compileComparison({ operator, left, right }: Comparison, compileSteps: CompileSteps): Test {
  const holds = operators.get(operator) as Operator;
  const readLeft = compileOperand(left, compileSteps);
  const readRight = compileOperand(right, compileSteps);
  return (node, evaluation) =>
    holds(readLeft(node, evaluation), readRight(node, evaluation), evaluation.budget);
}

function compileOperand(operand: Operand, compileSteps: CompileSteps): Read {
  if (operand.kind === 'literal') return () => operand.value;
  const { from, steps } = operand;
  const read = isDefinite(steps) ? walkCounted(steps) : compileSteps(steps);
  if (from === 'root') return (_, evaluation) => read(evaluation.root, evaluation);
  if (steps.length > 0) return read;
  // The service lets a bare `@` stand for objects and lists, not for scalars.
  return (node) => (typeof node === 'object' ? (node ?? undefined) : undefined);
}

function walkCounted(steps: readonly Step[]): Read {
  const walk = walkDefinite(steps);
  const counts = steps.at(-1)?.selector.kind === 'call';
  return (node, { budget }) => {
    budget.spend(1 + steps.length);
    const found = walk(node);
    if (counts && typeof found === 'number') budget.spend(found);
    return found;
  };
}
