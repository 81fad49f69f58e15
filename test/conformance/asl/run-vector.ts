import { runExecution } from './run-execution.ts';
import { runTestState } from './run-test-state.ts';
import { runValidation } from './run-validation.ts';
import { runVariableReferences } from './run-variable-references.ts';
import type { Vector } from './vector.ts';
import { failedToRun, type Verdict } from './verdict.ts';

/** Runs a vector through the wire API of a server of its own and compares what came of it; never rejects. */
export async function runVector(vector: Vector, exact: boolean): Promise<Verdict> {
  try {
    return await run(vector, exact);
  } catch (error) {
    return failedToRun(vector, error);
  }
}

function run(vector: Vector, exact: boolean): Promise<Verdict> {
  switch (vector.kind) {
    case 'execution':
      return runExecution(vector, exact);
    case 'test-state':
      return runTestState(vector, exact);
    case 'validation':
      return runValidation(vector, exact);
    case 'variable-references':
      return runVariableReferences(vector);
    default:
      throw new Error(`There is no kind of vectors '${(vector as { kind: string }).kind}'.`);
  }
}
