import { isDeepStrictEqual } from 'node:util';
import type { RunEvent } from '../../../shared/domain/events.ts';
import { evolve } from '../../../shared/domain/evolve.ts';
import { project } from '../../../shared/domain/project.ts';
import type { ApprovalRow, RunRow } from '../../../shared/domain/projections.ts';
import type { RunState } from '../../../shared/domain/state.ts';
import type { Evidence, Finding } from '../evidence.ts';

const check = 'lists';

/** The lists are what a rebuild from the logs gives, row by row. */
export function checkLists({ found, lists }: Evidence): Finding[] {
  const rebuilt = [...found.values()].map(({ events }) => rebuild(events));
  const runs = new Map(rebuilt.flatMap((rows) => [...rows.runs]));
  const approvals = new Map(rebuilt.flatMap((rows) => [...rows.approvals]));
  return [
    ...compare(runs, lists.runs, ({ run }) => run),
    ...compare(approvals, lists.approvals, ({ approval }) => approval),
  ];
}

interface Rows {
  readonly runs: Map<string, RunRow>;
  readonly approvals: Map<string, ApprovalRow>;
}

/** The rows of one log; as far as it is legal: what is wrong beyond is found by the check of the logs. */
function rebuild(events: readonly RunEvent[]): Rows {
  const rows: Rows = { runs: new Map(), approvals: new Map() };
  let state: RunState | undefined;
  try {
    for (const event of events) {
      const next: RunState = evolve(state, event);
      for (const change of project(state, next, [event])) {
        if (change.kind === 'run') rows.runs.set(change.row.run, change.row);
        if (change.kind === 'approval') rows.approvals.set(change.row.approval, change.row);
      }
      state = next;
    }
  } catch {
    return rows;
  }
  return rows;
}

function compare<T>(
  rebuilt: ReadonlyMap<string, T>,
  listed: readonly T[],
  idOf: (row: T) => string,
): Finding[] {
  const rest = new Map(rebuilt);
  const findings = listed.flatMap((row) => {
    const id = idOf(row);
    const wanted = rest.get(id);
    rest.delete(id);
    if (wanted && isDeepStrictEqual(row, wanted)) return [];
    const message = wanted
      ? `${id} is listed as ${JSON.stringify(row)}, but the log says ${JSON.stringify(wanted)}`
      : `${id} is listed once too often, or has no log`;
    return [{ check, message }];
  });
  return [...findings, ...[...rest.keys()].map((id) => ({ check, message: `${id} is not listed` }))];
}
