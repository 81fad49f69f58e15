import type { Json } from '../../../shared/domain/json.ts';
import { EvaluationFailure, runtimeFailure } from '../errors/state-failure.ts';
import type { Visit } from '../executions/visit.ts';
import type { Fields } from './fields.ts';
import { readMapNumber } from './map-numbers.ts';

/** How many items of a distributed Map may fail; `undefined` where nothing is said of it. Throws `StateFailure`. */
export type Tolerance = (visit: Visit, input: Json) => ToleratedFailures;

export interface ToleratedFailures {
  readonly count: number | undefined;
  readonly percentage: number | undefined;
}

export function readTolerance(fields: Fields): Tolerance {
  const readCount = readMapNumber(fields, 'ToleratedFailureCount', 'integer');
  const readPercentage = readMapNumber(fields, 'ToleratedFailurePercentage', 'float');
  return (visit, input) => {
    const count = readCount(visit, input);
    if (count !== undefined && count < 0) {
      throw refused(fields, 'ToleratedFailureCount', 'ToleratedFailureCount cannot be negative.');
    }
    if (count !== undefined) visit.probe?.('toleratedFailureCount', count);
    const percentage = readPercentage(visit, input);
    if (percentage !== undefined && (percentage < 0 || percentage > 100)) {
      const cause = 'ToleratedFailurePercentage must be between 0 and 100.';
      throw refused(fields, 'ToleratedFailurePercentage', cause);
    }
    if (percentage !== undefined) visit.probe?.('toleratedFailurePercentage', percentage);
    return { count, percentage };
  };
}

/** In JSONata it is the expression that is wrong. */
function refused(fields: Fields, name: string, cause: string) {
  return fields.language === 'JSONata'
    ? new EvaluationFailure(cause, fields.fieldPath(name))
    : runtimeFailure(cause);
}
