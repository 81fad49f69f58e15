import type { Json } from '../../../shared/domain/json.ts';
import type { Visit } from '../executions/visit.ts';
import type { TaskTiming } from '../history/events.ts';
import type { Fields } from './fields.ts';
import { readNumber } from './scalars.ts';
import { maxSeconds } from './seconds.ts';

/** The timing of an attempt, from what the state sees. Throws `StateFailure`. */
export type Timing = (visit: Visit, input: Json) => TaskTiming;

export function readTiming(fields: Fields): Timing {
  const range = { min: 1, max: maxSeconds };
  const timeout = readNumber(fields, 'TimeoutSeconds', range);
  const heartbeat = readNumber(fields, 'HeartbeatSeconds', range);
  return (visit, input) => ({ timeout: timeout(visit, input), heartbeat: heartbeat(visit, input) });
}
