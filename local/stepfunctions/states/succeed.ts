import { readFlow } from '../data-flow/flow.ts';
import type { Fields } from '../definition/fields.ts';
import { leave, type State } from './state.ts';

/** Ends its line of states with its filtered input. */
export function compileSucceed(name: string, fields: Fields): State {
  const flow = readFlow(fields, { assign: false });
  return {
    name,
    type: 'Succeed',
    targets: [],
    enter: (visit) => leave(visit, undefined, flow.pass(visit)),
  };
}
