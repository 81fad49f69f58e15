import { readFilters } from '../definition/common-fields.ts';
import type { Fields } from '../definition/fields.ts';
import type { State } from './state.ts';
import { leave } from './state.ts';

/** Ends the execution with its filtered input. */
export function compileSucceed(name: string, fields: Fields): State {
  const filters = readFilters(fields);
  return {
    name,
    type: 'Succeed',
    targets: [],
    enter(visit) {
      const output = visit.output(filters, visit.effectiveInput(filters));
      return leave(visit, 'Succeed', undefined, output);
    },
  };
}
