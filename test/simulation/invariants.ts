import assert from 'node:assert/strict';
import { fromContent } from '../../shared/application/content.ts';
import { verifyRun } from '../../shared/application/queries/verify-run.ts';
import { AnswerCollector, toProgramAnswer } from '../../shared/application/runs/answers.ts';
import { rebuild } from '../../shared/application/upkeep/rebuild.ts';
import { childRunId } from '../../shared/domain/derived-ids.ts';
import { needsTidying } from '../../shared/domain/due.ts';
import type { EventOf } from '../../shared/domain/events.ts';
import { createMemoryProgramHost } from '../../shared/memory/program-host.ts';
import { type RunRecord, recordsOf, tenantDisk } from './records.ts';
import type { Server } from './server.ts';
import { caller, type World } from './world.ts';

const { tenant } = caller;

/** What must be true of a world that has come to rest, whatever has happened in it. */
export async function assertSound(world: World): Promise<void> {
  const { app } = world.plainServer();
  const records = recordsOf(world);
  for (const record of records) {
    assertEnded(record);
    await assertVerified({ app }, record);
    assertOnce(world, record);
    await assertReplays(world, { app }, record);
  }
  assertAcknowledged(world, records);
  assertChildren(records);
  await assertProjections(world, { app });
  await assertNothingDue(world, { app });
}

type Looking = Pick<Server, 'app'>;

/** No program of the simulation fails by itself. */
function assertEnded({ run, events }: RunRecord): void {
  const end = events[events.length - 1];
  const isGood = end?.type === 'run.succeeded' || end?.type === 'run.cancelled';
  assert.ok(isGood, `${run} ended as ${end?.type}: ${JSON.stringify(end?.payload)}`);
  const wasAsked = events.some(({ type }) => type === 'run.cancel-requested');
  assert.equal(end.type === 'run.cancelled', wasAsked, `${run} ended as ${end.type}`);
}

async function assertVerified({ app }: Looking, { run, events }: RunRecord): Promise<void> {
  const { findings, head } = await verifyRun(app, caller, run);
  assert.deepEqual(findings, [], run);
  assert.equal(head?.seq, events.length);
}

/** No second outcome, no second decision, no claim without its outcome, and no command executed more often than the log says. */
function assertOnce(world: World, record: RunRecord): void {
  const outcomes = assertOneOutcome(world, record);
  assertOneDecision(record);
  for (const { type, payload } of record.events) {
    if (type === 'operation.started') {
      assert.ok(
        outcomes.has(payload.operation),
        `${record.run}: the claim of ${payload.operation} has no outcome`,
      );
    }
    if (type !== 'operation.requested' || payload.kind !== 'command.run') continue;
    const times = world.witness.effectsOf(record, payload.operation);
    const isDone = outcomes.get(payload.operation) === 'operation.completed';
    assert.ok(times <= 1, `${record.run}: command ${payload.operation} was executed ${times} times`);
    if (isDone) assert.equal(times, 1, `${record.run}: command ${payload.operation} was never executed`);
  }
}

/** The type of each operation's only outcome; an interrupted command has not gone on. */
function assertOneOutcome(world: World, { run, events }: RunRecord): ReadonlyMap<number, string> {
  const outcomes = new Map<number, string>();
  for (const { type, payload, at } of events) {
    if (type !== 'operation.completed' && type !== 'operation.interrupted') continue;
    const { operation } = payload;
    assert.ok(!outcomes.has(operation), `${run}: operation ${operation} has two outcomes`);
    outcomes.set(operation, type);
    if (type !== 'operation.interrupted') continue;
    const ended = world.witness.ends.get(`${run}/${operation}`) ?? 0;
    assert.ok(ended <= Date.parse(at), `${run}: command ${operation} went on after it was interrupted`);
  }
  return outcomes;
}

function assertOneDecision({ run, events }: RunRecord): void {
  const decisions = new Set<string>();
  for (const { type, payload } of events) {
    if (type !== 'approval.approved' && type !== 'approval.denied' && type !== 'approval.expired') continue;
    assert.ok(!decisions.has(payload.approval), `${run}: ${payload.approval} is decided twice`);
    decisions.add(payload.approval);
  }
}

/** A fresh process, given nothing but the log, comes to the same end. */
async function assertReplays(world: World, { app }: Looking, { run, events }: RunRecord): Promise<void> {
  const [created] = events;
  const end = events[events.length - 1];
  if (end?.type !== 'run.succeeded') return;
  const blobs = app.blobs.forTenant(tenant);
  const { agent, version, seed, input } = (created as EventOf<'run.created'>).payload;
  const collector = new AnswerCollector(undefined);
  collector.add(events);
  const answers = await Promise.all(collector.answers.map((answer) => toProgramAnswer(blobs, answer)));
  const host = createMemoryProgramHost({ programs: world.started }).forTenant(tenant);
  const turn = await host.next(
    { run, agent, version, seed, input: await fromContent(blobs, input), createdAt: created?.at ?? '' },
    { count: answers.length, after: async (after) => answers.slice(after) },
  );
  assert.equal(turn.kind, 'finished', `${run}: ${JSON.stringify(turn)}`);
  const output = await fromContent(blobs, end.payload.output);
  assert.deepEqual(turn.kind === 'finished' && turn.output, output, `${run} replays to another output`);
}

/** Everything that a caller was told is in the log. */
function assertAcknowledged({ witness }: World, records: readonly RunRecord[]): void {
  const logs = new Map(records.map(({ run, events }) => [run, events]));
  for (const run of witness.starts) assert.ok(logs.has(run), `${run} was acknowledged and is gone`);
  for (const { run, payload } of witness.signals) {
    const times = logs
      .get(run)
      ?.filter((event) => event.type === 'signal.received' && event.payload.payload === payload).length;
    assert.equal(times, 1, `${run}: signal ${JSON.stringify(payload)} is there ${times} times`);
  }
  for (const { run, approval, decision } of witness.decisions) {
    const decided = logs
      .get(run)
      ?.some(
        ({ type, payload }) =>
          type === `approval.${decision}` && (payload as { approval: string }).approval === approval,
      );
    assert.ok(decided, `${run}: the decision ${decision} on ${approval} is gone`);
  }
  for (const run of witness.cancels) {
    const events = logs.get(run) ?? [];
    const requested = events.some(({ type }) => type === 'run.cancel-requested');
    const end = events[events.length - 1]?.type;
    assert.ok(!requested || end === 'run.cancelled', `${run} was cancelled and ended as ${end}`);
  }
}

/** Every run that is there was started by a caller or is the one child of an operation. */
function assertChildren(records: readonly RunRecord[]): void {
  for (const { run, events } of records) {
    const [created] = events;
    const { parent } = (created as EventOf<'run.created'>).payload;
    if (!parent) continue;
    assert.equal(run, childRunId(parent.run, parent.operation));
    assert.ok(records.some((record) => record.run === parent.run));
  }
}

/** Views that are dropped and built again from the logs are the same. */
async function assertProjections(world: World, { app }: Looking): Promise<void> {
  const rows = () => {
    const { runs, approvals, artifacts } = tenantDisk(world);
    const sorted = <T>(map: Map<string, T>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
    return structuredClone([sorted(runs), sorted(approvals), sorted(artifacts)]);
  };
  const before = rows();
  await rebuild(app);
  assert.deepEqual(rows(), before);
}

/** A run that has ended is looked at again only as long as others have to be told. */
async function assertNothingDue(world: World, { app }: Looking): Promise<void> {
  for (const [run, checkAt] of tenantDisk(world).due) {
    const state = await app.runs.load(tenant, run);
    assert.ok(needsTidying(state), `${run} has ended and is due at ${checkAt}`);
  }
}
