import type { Path } from '../data-flow/path.ts';
import type { Scope } from '../data-flow/scope.ts';
import { runtimeFailure } from '../errors/state-failure.ts';
import type { TaskTiming } from '../history/events.ts';
import type { Fields } from './fields.ts';
import { maxSeconds } from './seconds.ts';

/** The timing of an attempt, from what the state sees. Throws `StateFailure`. */
export type Timing = (scope: Scope) => TaskTiming;

export function readTiming(fields: Fields): Timing {
  const timeout = readSeconds(fields, 'TimeoutSeconds');
  const heartbeat = readSeconds(fields, 'HeartbeatSeconds');
  return (scope) => ({ timeout: timeout(scope), heartbeat: heartbeat(scope) });
}

type Seconds = (scope: Scope) => number | undefined;

function readSeconds(fields: Fields, name: 'TimeoutSeconds' | 'HeartbeatSeconds'): Seconds {
  fields.exclusive(name, `${name}Path`);
  const fixed = fields.number(name, { min: 1, max: maxSeconds });
  const path = fields.path(`${name}Path`);
  if (path === undefined) return () => fixed;
  return (scope) => positive(`${name}Path`, path, scope);
}

function positive(field: string, path: Path, scope: Scope): number {
  const found = path.read(scope);
  if (Number.isInteger(found) && (found as number) >= 1 && (found as number) <= maxSeconds)
    return found as number;
  throw runtimeFailure(
    `The ${field} parameter must reference a positive integer up to ${maxSeconds}: ${path.source} == ${JSON.stringify(found)}`,
  );
}
