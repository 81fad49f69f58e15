import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { taskNames } from '../../functions/tasks/handlers.ts';
import type { EventType, RunEvent } from '../../shared/domain/events.ts';
import { verify } from '../../shared/domain/verify.ts';
import { signer } from '../simulation/ports.ts';
import { type GoldenLog, type GoldenStep, readGolden, retell } from './golden.ts';
import { performStep } from './perform-step.ts';

const releases = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && /^\d+\.\d+\.\d+/.test(entry.name))
  .map(({ name }) => name);

/** Kept complete by the compiler: a new type of event fails here first, then for want of a golden log. */
const allTypes: Readonly<Record<EventType, true>> = {
  'run.created': true,
  'run.carried': true,
  'run.paused': true,
  'run.resumed': true,
  'run.cancel-requested': true,
  'signal.received': true,
  'operation.requested': true,
  'operation.started': true,
  'operation.completed': true,
  'operation.interrupted': true,
  'operation.late': true,
  'approval.requested': true,
  'approval.approved': true,
  'approval.denied': true,
  'approval.expired': true,
  'run.succeeded': true,
  'run.failed': true,
  'run.cancelled': true,
};

const logsOf = (release: string) => readGolden<GoldenLog>(release, 'logs');
const all = releases.flatMap(logsOf);

for (const release of releases) {
  const logs = logsOf(release);
  // Rows of other kinds are projections that later releases have added.
  const kinds = new Set(logs.flatMap(({ rows }) => rows.map(({ kind }) => kind)));

  describe(`the logs of ${release}`, () => {
    for (const { name, events, head, state, rows } of logs) {
      it(`${name}: folds and projects as then`, () => {
        const today = retell(events);
        const known = today.rows.filter(({ kind }) => kinds.has(kind));
        assert.deepEqual({ ...today, rows: known }, { state, rows });
      });

      it(`${name}: verifies`, () => {
        const { tenant, run } = state;
        const verdict = verify({ tenant, run, events, head, verifySignature: signer.verify });
        assert.deepEqual(verdict.findings, []);
      });
    }
  });

  describe(`the steps of ${release}`, () => {
    for (const { became, ...step } of readGolden<GoldenStep>(release, 'steps')) {
      it(`${step.task}: ${step.name}`, async () => {
        const log = logs.find(({ name }) => name === step.log);
        assert.ok(log, step.log);
        assert.deepEqual(await performStep(step, log), became);
      });
    }
  });
}

describe('the golden record', () => {
  it('has every type of event', () => {
    const found = new Set(all.flatMap(({ events }) => events.map(({ type }) => type)));
    const missing = (Object.keys(allTypes) as EventType[]).filter((type) => !found.has(type));
    assert.deepEqual(missing, [], 'tell it in stories.ts and record the next release');
  });

  it('has a step for every function of the run machine', () => {
    const found = new Set(
      releases.flatMap((release) => readGolden<GoldenStep>(release, 'steps').map(({ task }) => task)),
    );
    assert.deepEqual([...found].sort(), [...taskNames].sort());
  });

  it('finds out what is folded otherwise', () => {
    for (const { name, events, state } of all) {
      const altered = events.map((event) =>
        event.type === 'run.created' ? { ...event, payload: { ...event.payload, agent: 'other' } } : event,
      );
      assert.notDeepEqual(retell(altered as RunEvent[]).state, state, name);
    }
  });
});
