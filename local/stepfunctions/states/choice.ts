import { type Condition, readCondition } from '../definition/choice-rules.ts';
import { readFilters } from '../definition/common-fields.ts';
import type { Fields } from '../definition/fields.ts';
import { states } from '../errors/names.ts';
import { InterpretationFailure } from '../errors/state-failure.ts';
import type { State } from './state.ts';
import { leave } from './state.ts';

interface Rule {
  readonly applies: Condition;
  readonly next: string;
}

/** Goes where the first rule that applies leads. */
export function compileChoice(name: string, fields: Fields): State {
  const filters = readFilters(fields);
  const rules = fields.objects('Choices').map(readRule);
  if (rules.length === 0) fields.complain('At least one choice is required', 'Choices');
  const otherwise = fields.text('Default');
  return {
    name,
    type: 'Choice',
    targets: [...rules.map((rule) => rule.next), ...(otherwise === undefined ? [] : [otherwise])],
    enter(visit) {
      const effective = visit.effectiveInput(filters);
      const scope = visit.scope(effective);
      const next = rules.find((rule) => rule.applies(scope))?.next ?? otherwise;
      if (next === undefined) throw noChoiceMatched();
      return leave(visit, 'Choice', next, visit.output(filters, effective));
    },
  };
}

function readRule(fields: Fields): Rule {
  const rule = { next: fields.requiredText('Next'), applies: readCondition(fields) };
  fields.close();
  return rule;
}

function noChoiceMatched(): InterpretationFailure {
  return new InterpretationFailure(
    states.noChoiceMatched,
    'Failed to transition out of the state. The state does not point to a next state.',
  );
}
