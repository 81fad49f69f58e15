import type { Path } from '../data-flow/path.ts';
import type { Scope } from '../data-flow/scope.ts';
import { parseTimestamp } from '../data-flow/timestamp.ts';
import { readFilters, readNext } from '../definition/common-fields.ts';
import type { Fields } from '../definition/fields.ts';
import { maxSeconds } from '../definition/seconds.ts';
import { runtimeFailure } from '../errors/state-failure.ts';
import type { Visit } from '../executions/visit.ts';
import type { Outcome, State } from './state.ts';
import { leave } from './state.ts';

/** When a wait that begins at `now` is over; both in milliseconds since the epoch. */
type Until = (now: number, scope: Scope) => number;

/** Waits for a time. */
export function compileWait(name: string, fields: Fields): State {
  const filters = readFilters(fields);
  const until = readUntil(fields);
  const next = readNext(fields);
  const exit = (visit: Visit): Outcome =>
    leave(visit, 'Wait', next, visit.output(filters, visit.effectiveInput(filters)));
  return {
    name,
    type: 'Wait',
    targets: next === undefined ? [] : [next],
    enter(visit) {
      const at = until(visit.at, visit.scope(visit.effectiveInput(filters)));
      if (at <= visit.at) return exit(visit);
      return { kind: 'suspend', position: { kind: 'wait', ...visit.stay(), until: at } };
    },
    resume: exit,
  };
}

const forms = ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'] as const;

function readUntil(fields: Fields): Until {
  if (!forms.some((form) => fields.has(form)))
    fields.complain(`One of the fields [${forms.join(', ')}] is required`);
  fields.exclusive(...forms);
  const seconds = fields.number('Seconds', { min: 0, max: maxSeconds });
  if (seconds !== undefined) return (now) => now + seconds * 1_000;
  const secondsPath = fields.path('SecondsPath');
  if (secondsPath !== undefined) return (now, scope) => now + secondsAt(secondsPath, scope) * 1_000;
  const timestampPath = fields.path('TimestampPath');
  if (timestampPath !== undefined) return (_, scope) => timestampAt(timestampPath, scope);
  const timestamp = fixedTimestamp(fields);
  return () => timestamp;
}

function fixedTimestamp(fields: Fields): number {
  const text = fields.text('Timestamp');
  const time = text === undefined ? 0 : parseTimestamp(text);
  if (time === undefined) fields.complain('String does not match RFC3339 timestamp', 'Timestamp');
  return time ?? 0;
}

function secondsAt(path: Path, scope: Scope): number {
  const found = path.find(scope);
  if (found === undefined)
    throw runtimeFailure(`The SecondsPath parameter does not reference an input value: ${path.source}`);
  const shown = `${path.source} == ${JSON.stringify(found)}`;
  if (!Number.isInteger(found))
    throw runtimeFailure(`The SecondsPath parameter cannot be parsed as a long value: ${shown}`);
  if ((found as number) < 0)
    throw runtimeFailure(`The SecondsPath parameter references a negative value: ${shown}`);
  return found as number;
}

function timestampAt(path: Path, scope: Scope): number {
  const found = path.find(scope);
  if (found === undefined)
    throw runtimeFailure(`The TimestampPath parameter does not reference an input value: ${path.source}`);
  const time = typeof found === 'string' ? parseTimestamp(found) : undefined;
  if (time !== undefined) return time;
  const shown = typeof found === 'string' ? found : JSON.stringify(found);
  throw runtimeFailure(
    `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${path.source} == ${shown}`,
  );
}
