import type { Fields } from '../definition/fields.ts';
import { readText } from '../definition/scalars.ts';
import { StateFailure } from '../errors/state-failure.ts';
import type { State } from './state.ts';

/** Ends its line of states as failed, in the author's words. */
export function compileFail(name: string, fields: Fields): State {
  const error = readText(fields, 'Error');
  const cause = readText(fields, 'Cause');
  return {
    name,
    type: 'Fail',
    targets: [],
    enter: (visit) => ({
      kind: 'fail',
      failure: new StateFailure({
        error: error(visit, visit.input.value),
        cause: cause(visit, visit.input.value),
      }),
    }),
  };
}
