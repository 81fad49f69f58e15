import { isDeepStrictEqual } from 'node:util';
import type { RunEvent } from '../../../shared/domain/events.ts';
import type { Evidence, Finding, StartedRun } from '../evidence.ts';

const check = 'runs';

/** No acknowledged run is lost, started twice or without an end, and each has ended as it had to. */
export function checkRuns({ started, found, lists }: Evidence): Finding[] {
  const known = new Set(started.map(({ run }) => run));
  const strange = lists.runs.filter(({ run, parent }) => parent === undefined && !known.has(run));
  return [
    ...started.flatMap((its) => checkEnd(its, found.get(its.run))),
    ...doubled(started.map(({ run }) => run)).map((run) =>
      finding(run, 'Two requests were given this one run'),
    ),
    ...strange.map(({ run }) => finding(run, 'Nobody has started this run')),
    ...[...found].flatMap(([run, { events }]) => (endOf(events) ? [] : [finding(run, 'It has not ended')])),
  ];
}

function checkEnd(
  { run, shape, expected }: StartedRun,
  its: ReturnType<Evidence['found']['get']>,
): Finding[] {
  if (!its) return [finding(run, `The acknowledged run (${shape}) is lost`)];
  const end = endOf(its.events);
  if (!end) return [];
  if (end.type !== `run.${expected.status}`) {
    return [finding(run, `${shape}: ended as ${end.type}: ${JSON.stringify(end.payload)}`)];
  }
  if (expected.output === undefined || isDeepStrictEqual(its.output, expected.output)) return [];
  const [found, wanted] = [its.output, expected.output].map((output) => JSON.stringify(output));
  return [finding(run, `${shape}: its output is ${found} instead of ${wanted}`)];
}

/** The event that ends a log. */
export function endOf(events: readonly RunEvent[]): RunEvent | undefined {
  return events.find(({ type }) => ['run.succeeded', 'run.failed', 'run.cancelled'].includes(type));
}

/** Those that occur more than once, each named once. */
export function doubled<T>(values: readonly T[]): T[] {
  const seen = new Set<T>();
  const twice = new Set<T>();
  for (const value of values) (seen.has(value) ? twice : seen).add(value);
  return [...twice];
}

function finding(run: string, message: string): Finding {
  return { check, run, message };
}
