import { type Flow, readFlow } from '../data-flow/flow.ts';
import { readCondition } from '../definition/choice-rules.ts';
import type { Evaluate, Fields } from '../definition/fields.ts';
import { states } from '../errors/names.ts';
import { EvaluationFailure, InterpretationFailure } from '../errors/state-failure.ts';
import type { Visit } from '../executions/visit.ts';
import { leave, type Result, type State } from './state.ts';

interface Rule {
  applies(visit: Visit): boolean;
  readonly next: string;
  /** What the rule puts out and assigns in place of the state; its own fields only. */
  readonly output: Evaluate | undefined;
  readonly assign: Evaluate | undefined;
}

/** Goes where the first rule that applies leads. */
export function compileChoice(name: string, fields: Fields): State {
  const flow = readFlow(fields, {});
  const rules = fields.objects('Choices').map((rule) => readRule(rule, flow));
  fields.require('Choices');
  if (fields.has('Choices') && rules.length === 0) fields.complain('Value cannot be empty', 'Choices');
  const otherwise = fields.text('Default');
  return {
    name,
    type: 'Choice',
    targets: [...rules.map((rule) => rule.next), ...(otherwise === undefined ? [] : [otherwise])],
    enter(visit) {
      const rule = rules.find(({ applies }) => applies(visit));
      const next = rule?.next ?? otherwise;
      if (next === undefined) throw noChoiceMatched();
      return leave(visit, next, rule === undefined ? flow.pass(visit) : ruled(visit, rule, flow));
    },
  };
}

/** A rule's own `Assign` holds in place of the state's, its `Output` as well where there is one. */
function ruled(visit: Visit, { output, assign }: Rule, flow: Flow): Result {
  const seen = { input: flow.effective(visit) };
  return {
    output: output === undefined ? flow.pass(visit, false).output : visit.limited(output(visit, seen)),
    assigned: assign === undefined ? undefined : visit.assigned(assign(visit, seen)),
  };
}

function readRule(fields: Fields, flow: Flow): Rule {
  const jsonata = fields.language === 'JSONata';
  const rule = {
    next: fields.requiredText('Next'),
    applies: jsonata ? readExpression(fields) : readComparison(fields, flow),
    output: jsonata ? fields.evaluated('Output') : undefined,
    assign: fields.evaluated('Assign'),
  };
  fields.close();
  return rule;
}

function readComparison(fields: Fields, flow: Flow): Rule['applies'] {
  const condition = readCondition(fields);
  return (visit) => condition(visit.scope(flow.effective(visit)));
}

function readExpression(fields: Fields): Rule['applies'] {
  fields.require('Condition');
  const fixed = fields.json('Condition');
  const condition = fields.expression('Condition');
  if (condition === undefined) return () => fixed === true;
  return (visit) => {
    const found = condition(visit, { input: visit.input.value });
    if (typeof found === 'boolean') return found;
    throw EvaluationFailure.type(fields.fieldPath('Condition'), fields.source('Condition'), 'boolean', found);
  };
}

function noChoiceMatched(): InterpretationFailure {
  return new InterpretationFailure(
    states.noChoiceMatched,
    'Failed to transition out of the state. The state does not point to a next state.',
  );
}
