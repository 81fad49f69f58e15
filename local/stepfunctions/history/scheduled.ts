import type { Json } from '../../../shared/domain/json.ts';
import type { HistoryEvent } from './events.ts';

/** The parameters that a task was scheduled with, or `undefined` for an event of another kind. */
export function scheduledParameters(event: HistoryEvent): Json | undefined {
  switch (event[0]) {
    case 'TaskScheduled':
    case 'LambdaFunctionScheduled':
    case 'ActivityScheduled':
      return event[2].value;
    case 'LambdaInvokeScheduled':
      return { FunctionName: event[2], Payload: event[3].value };
    default:
      return undefined;
  }
}
