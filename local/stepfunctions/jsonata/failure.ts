import type { Json } from '../../../shared/domain/json.ts';
import { EvaluationFailure } from '../errors/state-failure.ts';
import type { Outcome } from './outcome.ts';

/** The value of an outcome. Throws `EvaluationFailure` where there is none, in the words of the service. */
export function requireValue(outcome: Outcome, source: string, field: string): Json {
  switch (outcome.kind) {
    case 'value':
      return outcome.value;
    case 'nothing':
      throw EvaluationFailure.of(field, source, 'returned nothing (undefined).');
    case 'unsupported':
      throw EvaluationFailure.of(field, source, 'returned an unsupported result type.');
    case 'failed':
      throw EvaluationFailure.of(field, source, `threw an error during evaluation${outcome.why}`);
  }
}
