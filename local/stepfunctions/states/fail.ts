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
    enter(visit) {
      const { value } = visit.input;
      if (fields.language === 'JSONPath') visit.probe?.('afterInputPath', value);
      const failure = new StateFailure({ error: error(visit, value), cause: cause(visit, value) });
      return { kind: 'fail', failure };
    },
  };
}
