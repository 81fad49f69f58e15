import type { Fields } from '../definition/fields.ts';
import { compileChoice } from './choice.ts';
import { compileFail } from './fail.ts';
import { compilePass } from './pass.ts';
import type { State } from './state.ts';
import { compileSucceed } from './succeed.ts';
import { compileTask } from './task.ts';
import { compileWait } from './wait.ts';

type Compiler = (name: string, fields: Fields) => State;

const compilers: ReadonlyMap<string, Compiler> = new Map([
  ['Pass', compilePass],
  ['Task', compileTask],
  ['Choice', compileChoice],
  ['Wait', compileWait],
  ['Succeed', compileSucceed],
  ['Fail', compileFail],
]);

export function compileState(name: string, fields: Fields): State {
  const type = fields.requiredText('Type');
  if ((fields.text('QueryLanguage') ?? 'JSONPath') !== 'JSONPath') {
    fields.complain('Only the query language JSONPath is supported', 'QueryLanguage');
  }
  const compile = compilers.get(type);
  if (compile === undefined) {
    fields.complain(`State type must be one of [${[...compilers.keys()].join(', ')}]`, 'Type');
    return compilePass(name, fields);
  }
  const state = compile(name, fields);
  fields.close();
  return state;
}
