import type { Json } from '../../../shared/domain/json.ts';
import { resultReplaces } from '../data-flow/result-path.ts';
import { readFilters, readNext } from '../definition/common-fields.ts';
import type { Fields } from '../definition/fields.ts';
import type { Visit } from '../executions/visit.ts';
import type { State } from './state.ts';
import { leave } from './state.ts';

/** Passes its input on, or puts a fixed or computed result into it. */
export function compilePass(name: string, fields: Fields): State {
  const filters = readFilters(fields);
  const parameters = fields.template('Parameters');
  const result = fields.json('Result');
  const resultPath = fields.resultPath('ResultPath') ?? resultReplaces;
  const next = readNext(fields);
  const make = (visit: Visit, effective: Json): Json => {
    if (result !== undefined) return result;
    return parameters === undefined ? effective : parameters(visit.scope(effective));
  };
  return {
    name,
    type: 'Pass',
    targets: next === undefined ? [] : [next],
    enter(visit) {
      const effective = visit.effectiveInput(filters);
      const output = visit.output(filters, resultPath(visit.input.value, make(visit, effective)));
      return leave(visit, 'Pass', next, output);
    },
  };
}
