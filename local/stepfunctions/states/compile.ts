import { Fields } from '../definition/fields.ts';
import type { Nested } from '../definition/machine.ts';
import { compileChoice } from './choice.ts';
import { compileDistributedMap, isDistributed } from './distributed-map.ts';
import { compileFail } from './fail.ts';
import { compileInlineMap } from './map.ts';
import { compileParallel } from './parallel.ts';
import { compilePass } from './pass.ts';
import type { State } from './state.ts';
import { compileSucceed } from './succeed.ts';
import { compileTask } from './task.ts';
import { compileWait } from './wait.ts';

/** Reads a machine within a state, and gives its states to the machine around it. */
type ReadNested = (fields: Fields) => Nested;
type Compiler = (name: string, fields: Fields, nested: ReadNested) => State;

const compilers: ReadonlyMap<string, Compiler> = new Map<string, Compiler>([
  ['Task', compileTask],
  ['Parallel', compileParallel],
  ['Map', compileMap],
  ['Pass', compilePass],
  ['Wait', compileWait],
  ['Choice', compileChoice],
  ['Succeed', compileSucceed],
  ['Fail', compileFail],
]);

function compileMap(name: string, fields: Fields, nested: ReadNested): State {
  const compile = isDistributed(fields) ? compileDistributedMap : compileInlineMap;
  return compile(name, fields, nested);
}

export function compileState(name: string, given: Fields, nested: ReadNested): State {
  const fields = given.in(readLanguage(given));
  const type = fields.requiredText('Type');
  const compile = compilers.get(type);
  if (compile === undefined) {
    if (type !== '')
      fields.complain(`State type must be one of [${[...compilers.keys()].join(', ')}]`, 'Type');
    // Nothing can be said of the fields of no state; what stands in for it never runs.
    return compilePass(name, new Fields({ End: true }, fields.location, []));
  }
  const state = compile(name, fields, nested);
  fields.close();
  return state;
}

/** A state may leave JSONPath behind, but not go back to it. */
function readLanguage(fields: Fields): Fields['language'] {
  const own = fields.text('QueryLanguage') ?? fields.language;
  if (own === 'JSONPath' && fields.language === 'JSONata' && fields.machineLanguage === 'JSONata') {
    fields.complain("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine");
  }
  if (own === 'JSONPath' || own === 'JSONata') return own;
  fields.complain('Value must be one of [JSONPath, JSONata]', 'QueryLanguage');
  return fields.language;
}
