import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type History, history } from '../../test/simulation/history.ts';
import { moves, play } from '../../test/simulation/random-history.ts';
import { checkAt } from './due.ts';
import type { RunEvent } from './events.ts';
import { fold } from './evolve.ts';
import { approvalRow, project, runRow } from './project.ts';
import type { ProjectionChange } from './projections.ts';

/** Rows by kind and key, as a store holds them after these changes. */
function stored(changes: Iterable<ProjectionChange>): Map<string, ProjectionChange['row']> {
  const rows = new Map<string, ProjectionChange['row']>();
  for (const change of changes) rows.set(keyOf(change), change.row);
  return rows;
}

function keyOf({ kind, row }: ProjectionChange): string {
  if (kind === 'approval') return `approval ${row.approval}`;
  return kind === 'artifact' ? `artifact ${row.name}` : `${kind} ${row.run}`;
}

/** The changes of a whole log, appended in pieces of `size`. */
function changesOf(events: readonly RunEvent[], size: number): ProjectionChange[] {
  const changes: ProjectionChange[] = [];
  for (let from = 0; from < events.length; from += size) {
    const before = fold(undefined, events.slice(0, from));
    const piece = events.slice(from, from + size);
    const after = fold(before, piece);
    if (after) changes.push(...project(before, after, piece));
  }
  return changes;
}

test('rows are the same whatever the appends were: event by event, in pieces, or all at once', () => {
  fc.assert(
    fc.property(moves, fc.integer({ min: 2, max: 30 }), (all, size) => {
      const { events } = play(all).history;
      const rows = stored(changesOf(events, 1));
      assert.deepEqual(stored(changesOf(events, size)), rows);
      assert.deepEqual(stored(changesOf(events, events.length)), rows);
    }),
    { numRuns: 300 },
  );
});

test('rows tell what the final state tells', () => {
  fc.assert(
    fc.property(moves, (all) => {
      const { events, state, run, tenant } = play(all).history;
      const rows = stored(changesOf(events, 1));
      assert.deepEqual(rows.get(`run ${run}`), runRow(state));
      const due = checkAt(state);
      assert.deepEqual(rows.get(`due ${run}`), {
        tenant,
        run,
        checkAt: due === null ? null : new Date(due).toISOString(),
      });
      for (const pending of Object.values(state.approvals)) {
        const row = approvalRow(state, pending);
        const status = state.end && row.status === 'pending' ? 'void' : row.status;
        assert.deepEqual(rows.get(`approval ${row.approval}`), { ...row, status });
      }
    }),
    { numRuns: 300 },
  );
});

const approvalsOf = (run: History) =>
  [...stored(changesOf(run.events, 1)).values()].flatMap((row) => ('approval' in row ? row.status : []));

test('the row of an approval keeps the decision after the operation is answered', () => {
  const run = history();
  const operation = run.askApproval();
  assert.deepEqual(approvalsOf(run), ['pending']);
  run.decideApproval(operation, 'approved');
  run.complete(operation);
  assert.deepEqual(approvalsOf(run), ['approved']);
});

test('what nobody decided before the end is void', () => {
  const run = history();
  run.askApproval();
  run.add('run.cancelled', {});
  assert.deepEqual(approvalsOf(run), ['void']);
});

test('an append that changes no row writes none', () => {
  const run = history();
  run.now = 60_000;
  run.record('file.read');
  const before = run.state;
  run.record('file.read');
  assert.deepEqual(project(before, run.state, run.events.slice(-1)), []);
});
