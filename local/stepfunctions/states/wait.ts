import { type Flow, readFlow } from '../data-flow/flow.ts';
import { parseTimestamp } from '../data-flow/timestamp.ts';
import { readNext } from '../definition/common-fields.ts';
import type { Fields } from '../definition/fields.ts';
import { maxSeconds } from '../definition/seconds.ts';
import { EvaluationFailure, runtimeFailure } from '../errors/state-failure.ts';
import type { Visit } from '../executions/visit.ts';
import { leave, type Outcome, type State } from './state.ts';

/** When a wait that begins now is over, in milliseconds since the epoch. */
type Until = (visit: Visit) => number;

/** Waits for a time. */
export function compileWait(name: string, fields: Fields): State {
  const flow = readFlow(fields, {});
  const until = readUntil(fields, flow.effective);
  const next = readNext(fields);
  const exit = (visit: Visit): Outcome => leave(visit, next, flow.pass(visit));
  return {
    name,
    type: 'Wait',
    targets: next === undefined ? [] : [next],
    enter(visit) {
      const at = until(visit);
      if (at <= visit.at) return exit(visit);
      return { kind: 'suspend', position: { kind: 'wait', ...visit.stay(), until: at } };
    },
    resume: exit,
  };
}

function readUntil(fields: Fields, effective: Flow['effective']): Until {
  const paths = fields.language === 'JSONPath' ? ['SecondsPath', 'TimestampPath'] : [];
  const forms = ['Seconds', ...paths, 'Timestamp'];
  if (!forms.some((form) => fields.has(form)))
    fields.complain(`One of the fields [${forms.join(', ')}] is required`);
  fields.exclusive(...forms);
  if (fields.has('Seconds')) return readSeconds(fields);
  if (fields.has('Timestamp')) return readTimestamp(fields);
  return fields.has('SecondsPath')
    ? readSecondsPath(fields, effective)
    : readTimestampPath(fields, effective);
}

function readSeconds(fields: Fields): Until {
  const expression = fields.expression('Seconds');
  if (expression === undefined) {
    const seconds = fields.number('Seconds', { min: 0, max: maxSeconds }) ?? 0;
    return ({ at }) => at + seconds * 1_000;
  }
  return (visit) => {
    const found = expression(visit, { input: visit.input.value });
    if (typeof found !== 'number')
      throw EvaluationFailure.type('Seconds', fields.source('Seconds'), 'number', found);
    const inRange = Number.isInteger(found) && found >= 0 && found <= maxSeconds;
    if (!inRange) {
      const why = `returned a value that is not an integer from 0 to ${maxSeconds}: ${JSON.stringify(found)}`;
      throw EvaluationFailure.of('Seconds', fields.source('Seconds'), why);
    }
    return visit.at + found * 1_000;
  };
}

function readTimestamp(fields: Fields): Until {
  const expression = fields.expression('Timestamp');
  if (expression === undefined) return fixedTimestamp(fields);
  return (visit) => {
    const found = expression(visit, { input: visit.input.value });
    if (typeof found !== 'string')
      throw EvaluationFailure.type('Timestamp', fields.source('Timestamp'), 'string', found);
    const time = parseTimestamp(found);
    if (time !== undefined) return time;
    const cause = `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${found}`;
    throw new EvaluationFailure(cause, 'Timestamp', true);
  };
}

function fixedTimestamp(fields: Fields): Until {
  const text = fields.text('Timestamp');
  const time = text === undefined ? 0 : parseTimestamp(text);
  if (time === undefined) fields.complain('String does not match RFC3339 timestamp', 'Timestamp');
  return () => time ?? 0;
}

function readSecondsPath(fields: Fields, effective: Flow['effective']): Until {
  const path = fields.path('SecondsPath');
  return (visit) => {
    if (path === undefined) return visit.at;
    const found = path.find(visit.scope(effective(visit)));
    if (found === undefined)
      throw runtimeFailure(`The SecondsPath parameter does not reference an input value: ${path.source}`);
    const shown = `${path.source} == ${JSON.stringify(found)}`;
    if (!Number.isInteger(found))
      throw runtimeFailure(`The SecondsPath parameter cannot be parsed as a long value: ${shown}`);
    if ((found as number) < 0)
      throw runtimeFailure(`The SecondsPath parameter references a negative value: ${shown}`);
    if ((found as number) > maxSeconds)
      throw runtimeFailure(`The SecondsPath parameter references a value above ${maxSeconds}: ${shown}`);
    return visit.at + (found as number) * 1_000;
  };
}

function readTimestampPath(fields: Fields, effective: Flow['effective']): Until {
  const path = fields.path('TimestampPath');
  return (visit) => {
    if (path === undefined) return visit.at;
    const found = path.find(visit.scope(effective(visit)));
    if (found === undefined)
      throw runtimeFailure(`The TimestampPath parameter does not reference an input value: ${path.source}`);
    const time = typeof found === 'string' ? parseTimestamp(found) : undefined;
    if (time !== undefined) return time;
    const shown = typeof found === 'string' ? found : JSON.stringify(found);
    throw runtimeFailure(
      `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${path.source} == ${shown}`,
    );
  };
}
