import { doubled } from '../checks/runs.ts';
import type { Finding } from '../evidence.ts';
import type { EngineEvidence, FoundEvent, FoundExecution } from './evidence.ts';

/** Everything that must not be. Empty: nothing was lost and nothing done twice. */
export function checkEngine(evidence: EngineEvidence): Finding[] {
  const { started, found, called, complaints } = evidence;
  return [
    ...started.flatMap(({ name, expected }) => checkEnd(name, expected, found.get(name))),
    ...[...found].flatMap(([name, { events }]) => checkHistory(name, events)),
    ...doubled(called).map((key) => finding('calls', `Attempt ${key} was called more than once`)),
    ...checkTokens(evidence),
    ...complaints.map((complaint) => finding('surroundings', complaint)),
  ];
}

function checkEnd(name: string, expected: string, execution: FoundExecution | undefined): Finding[] {
  if (execution === undefined) return [finding('executions', 'The acknowledged execution is lost', name)];
  const { status, output } = execution;
  if (status === 'SUCCEEDED' && output === expected) return [];
  return [finding('executions', `It is ${status} with ${output} instead of ${expected}`, name)];
}

/** An event after which nothing may follow. */
const isEnd = ({ type }: FoundEvent): boolean => /^Execution(Succeeded|Failed|TimedOut|Aborted)$/.test(type);

function checkHistory(name: string, events: readonly FoundEvent[]): Finding[] {
  const tell = (message: string): Finding => finding('history', message, name);
  const gaps = events.filter(({ id }, index) => id !== index + 1);
  const lost = events.filter(
    ({ id, previousEventId }) => previousEventId >= id || (previousEventId === 0 && id > 2),
  );
  const ends = events.filter(isEnd);
  return [
    ...gaps.slice(0, 1).map(({ id }) => tell(`Event ${id} is out of order`)),
    ...lost.map(({ id, previousEventId }) => tell(`Event ${id} follows event ${previousEventId}`)),
    ...doubled(visits(events)).map((visit) => tell(`A state is entered twice: ${visit}`)),
    ...doubled(ended(events)).map((attempt) => tell(`An attempt has ended twice: event ${attempt}`)),
    ...(ends.length === 1 && isEnd(events.at(-1) as FoundEvent) ? [] : [tell(`It has ${ends.length} ends`)]),
  ];
}

/** Each state behind each event is one visit. */
function visits(events: readonly FoundEvent[]): readonly string[] {
  return events.flatMap(({ previousEventId, stateEnteredEventDetails: entered }) =>
    entered === undefined ? [] : [`${entered.name} behind event ${previousEventId}`],
  );
}

/** The events that the ends of attempts follow. */
function ended(events: readonly FoundEvent[]): readonly number[] {
  const ends = /^(Task|Activity|LambdaFunction)(Succeeded|Failed|TimedOut)$/;
  return events.filter(({ type }) => ends.test(type)).map(({ previousEventId }) => previousEventId);
}

/** Every acknowledged answer stands in the history, once. */
function checkTokens({ acknowledged, found }: EngineEvidence): Finding[] {
  return acknowledged.flatMap(({ execution, mark }) => {
    const events = found.get(execution)?.events ?? [];
    const taken = events.filter(
      ({ type, ...event }) => /^(Task|Activity)Succeeded$/.test(type) && JSON.stringify(event).includes(mark),
    );
    if (taken.length === 1) return [];
    return [finding('tokens', `The acknowledged answer ${mark} was taken ${taken.length} times`, execution)];
  });
}

function finding(check: string, message: string, run?: string): Finding {
  return { check: `stepfunctions ${check}`, message, ...(run === undefined ? {} : { run }) };
}
