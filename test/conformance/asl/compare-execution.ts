import { causeDifference, type Difference, difference, type Exactness } from './difference.ts';
import type { ToldEvent } from './events.ts';
import { detailsDifference, orderDifference, stateNamesDifference, typesDifference } from './history.ts';
import type { Ended } from './run-execution.ts';
import type { ExecutionVector } from './vector.ts';
import type { Check } from './verdict.ts';

/** What came of an execution. */
export interface Outcome {
  readonly ended: Ended;
  readonly events: readonly ToldEvent[];
}

/** Compares what the vector names; with `exact` AWS's own texts as well. */
export function compareExecution(
  vector: ExecutionVector,
  { ended, events }: Outcome,
  exact: boolean,
): Check[] {
  const { expected, awsText = [], eventOrder: order = 'total' } = vector;
  const exactness: Exactness = exact ? { awsText } : {};
  const histories = { expected: expected.events ?? [], actual: events, order };
  const compared: Readonly<Record<string, () => Difference | undefined>> = {
    status: () => difference(expected.status, ended.status, { path: '$.status' }),
    output: () => difference(expected.output, ended.output, { path: '$.output', ...exactness }),
    error: () => difference(expected.error, ended.error, { path: '$.error', ...exactness }),
    cause: () => causeDifference(expected.cause, ended.cause, { path: '$.cause', ...exactness }),
    stateNames: () => stateNamesDifference(histories),
    eventTypes: () => typesDifference(histories) ?? orderDifference(histories),
    eventDetails: () => detailsDifference(histories, exactness),
  };
  const fields = exact && !vector.compare.includes('cause') ? [...vector.compare, 'cause'] : vector.compare;
  return fields.map((field) => ({ field, difference: (compared[field] ?? unknown(field))() }));
}

/** What this runner cannot compare counts as different. */
export const unknown = (field: string) => (): Difference => ({
  path: `$.${field}`,
  expected: 'a known field',
});
