import type { Json } from '../../shared/domain/json.ts';
import type { RunRecord } from './records.ts';

/** Numbers above it are times. */
const year2020 = Date.UTC(2020);

/** Members that differ between two executions of the same: times, randomness, who worked. */
const particular: ReadonlySet<string> = new Set(['seed', 'deadline', 'expiresAt', 'worker']);

/**
 * Logs as text lines that tell the same story alike: without ids, times, hashes and generations. Ids of runs are
 * replaced by their number.
 */
export function normalised(records: readonly RunRecord[]): readonly string[] {
  const names = new Map(records.map(({ run }, index) => [run, `run ${index + 1}`]));
  const rename = (text: string) => {
    let renamed = text;
    for (const [run, name] of names) renamed = renamed.replaceAll(run, name);
    return renamed.replaceAll(/apr_[0-9a-z]{26}/g, 'apr');
  };
  return records.flatMap(({ run, events }) =>
    events
      .filter(({ type }) => type !== 'run.carried')
      .map(({ type, by, payload }) =>
        rename(`${run} ${by} ${type} ${JSON.stringify(strip(payload as Json))}`),
      ),
  );
}

function strip(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => strip(item));
  if (typeof value === 'number' && value > year2020) return 'a time';
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !particular.has(key));
  return Object.fromEntries(kept.map(([key, item]) => [key, key === 'signal' ? 0 : strip(item as Json)]));
}
