import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { isObject } from '../data-flow/is-object.ts';
import { mockSchemaProblem } from './mock-schema.ts';
import { refuse } from './refuse.ts';
import type { Mock, StateConfiguration } from './request.ts';

/** What a mocked state answers instead of doing its work. */
export type Mocked =
  | { readonly kind: 'result'; readonly result: Json }
  | { readonly kind: 'error'; readonly error: string; readonly cause: string | undefined };

/** Reads the mock of a state, or refuses one that this state could not have answered. */
export async function readMock(mock: Mock, state: JsonObject): Promise<Mocked> {
  const { result, errorOutput, fieldValidationMode } = mock;
  if (result !== undefined && errorOutput !== undefined) {
    refuse('A test mock should have only one of the following fields: [result, errorOutput].');
  }
  if (errorOutput !== undefined) return readError(errorOutput);
  if (result === undefined) {
    refuse('A test mock should have one of the following fields: [result, errorOutput].');
  }
  const parsed = parse(result);
  checkShape(parsed, state);
  const resource = state['Type'] === 'Task' ? state['Resource'] : undefined;
  if (typeof resource === 'string') {
    const problem = await mockSchemaProblem(resource, parsed, fieldValidationMode);
    if (problem !== undefined) refuse(problem);
  }
  return { kind: 'result', result: parsed };
}

function readError({ error, cause }: NonNullable<Mock['errorOutput']>): Mocked {
  if (error === undefined) refuse('A mocked error output should have the field error.');
  return { kind: 'error', error, cause };
}

function parse(result: string): Json {
  try {
    return JSON.parse(result) as Json;
  } catch {
    return refuse('Mocked result must be valid JSON');
  }
}

function checkShape(result: Json, state: JsonObject): void {
  if (state['Type'] === 'Map') checkMapResult(result, state);
  if (state['Type'] === 'Parallel') checkParallelResult(result, state);
}

/** A ResultWriter answers where it has written to, in place of the results. */
function checkMapResult(result: Json, state: JsonObject): void {
  if (state['ResultWriter'] === undefined) {
    if (!Array.isArray(result)) refuse('Mocked result must be an array.');
  } else if (!isObject(result)) refuse('Mocked result must be a JSON object.');
}

function checkParallelResult(result: Json, state: JsonObject): void {
  if (!Array.isArray(result)) refuse('Mocked result must be an array.');
  const branches = state['Branches'];
  if (Array.isArray(branches) && branches.length !== result.length) {
    refuse('Mocked result must contain the same number of items as number of Parallel branches.');
  }
}

/** The failures of iterations have to fit into the iterations. */
export function checkFailureCount(
  mocked: Mocked,
  { mapIterationFailureCount = 0 }: StateConfiguration,
): void {
  if (mocked.kind === 'error' || !Array.isArray(mocked.result)) return;
  if (mapIterationFailureCount <= mocked.result.length) return;
  refuse('Map iteration failure count must be less than or equal to the number of Map iterations');
}
