import { testStateRequest } from '../test-state/request.ts';
import { operation } from './operation.ts';

/** Runs one state; what it needs is loaded when it is first asked for. */
export const testState = operation(testStateRequest, async (stepFunctions, asked) => {
  const { testState: test } = await import('../test-state/test-state.ts');
  return test(asked, stepFunctions.laboratory());
});
