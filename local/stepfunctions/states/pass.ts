import { readFlow } from '../data-flow/flow.ts';
import { readNext } from '../definition/common-fields.ts';
import type { Fields } from '../definition/fields.ts';
import { leave, type State } from './state.ts';

/** Passes its input on, or puts a fixed or computed result into it. */
export function compilePass(name: string, fields: Fields): State {
  const flow = readFlow(fields, { arguments: true, resultPath: true });
  const result = fields.language === 'JSONPath' ? fields.json('Result') : undefined;
  const next = readNext(fields);
  return {
    name,
    type: 'Pass',
    targets: next === undefined ? [] : [next],
    enter(visit) {
      if (fields.language === 'JSONata') return leave(visit, next, flow.pass(visit));
      const prepared = flow.prepare(visit);
      if (result === undefined) return leave(visit, next, flow.finish(visit, prepared));
      visit.probe?.('result', result);
      return leave(visit, next, flow.finish(visit, result));
    },
  };
}
