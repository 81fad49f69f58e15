import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asks, claims, Stage, tenant } from '../../../test/simulation/stage.ts';
import { begin, memoryApp, someRun } from '../../../test/support/memory-app.ts';
import type { EventDraft } from '../../domain/events.ts';
import { isTandemError } from '../../errors/tandem-error.ts';
import { report } from './report.ts';

const ticket = JSON.stringify({ ...someRun, operation: 1, generation: 1, expiresAt: 0 });
const digest = 'a'.repeat(64);
const requested: EventDraft = {
  type: 'operation.requested',
  by: 'run',
  payload: { operation: 1, kind: 'command.run', hash: digest, request: { inline: { command: 'true' } } },
};
const worker = { kind: 'process', id: '4711', started: 'once' } as const;

const expiresAt = Date.UTC(2027, 0, 1);

const isInvalid = (error: unknown) => isTandemError(error, 'request.invalid');

test('a process that does not say when it started may not claim, nor may another kind of worker', async () => {
  const app = memoryApp();
  await begin(app, requested);
  const strangers = [
    { kind: 'process', id: '4711' },
    { kind: 'task', id: 'arn' },
    { kind: 'function', id: 'f', started: 'once' },
  ];
  for (const stranger of strangers) {
    await assert.rejects(report(app, ticket, { type: 'claim', worker: stranger }), isInvalid);
  }
  const { open } = await app.runs.load(someRun.tenant, someRun.run);
  assert.equal(open[1]?.worker, undefined);
  const input = await report(app, ticket, { type: 'claim', worker });
  assert.ok('command' in input);
});

test('addresses for uploads are given while the operation is claimed and open', async () => {
  const app = memoryApp();
  await begin(app, requested);
  const urls = () => report(app, ticket, { type: 'urls', digests: [digest] });
  assert.deepEqual(await urls(), { urls: {} });
  await report(app, ticket, { type: 'claim', worker });
  const given = await urls();
  assert.ok('urls' in given);
  assert.match(given.urls[digest] ?? '', /PUT/);
  const error = { code: 'operation.failed', message: 'no' };
  assert.deepEqual(await report(app, ticket, { type: 'failed', error }), { accepted: true });
  assert.deepEqual(await urls(), { urls: {} });
});

test('an outcome that comes too late is noted once, however often its worker says so', async () => {
  const app = memoryApp();
  const started: EventDraft = { type: 'operation.started', by: 'worker', payload: { operation: 1, worker } };
  const interrupted: EventDraft = {
    type: 'operation.interrupted',
    by: 'system',
    payload: { operation: 1, reason: 'its worker was gone' },
  };
  await begin(app, requested, started, interrupted);
  const error = { code: 'operation.failed', message: 'no' };
  for (let time = 0; time < 3; time += 1) {
    assert.deepEqual(await report(app, ticket, { type: 'failed', error }), { accepted: false });
  }
  const { events } = await app.log.forTenant(someRun.tenant).read(someRun.run, 0);
  assert.equal(events.filter(({ type }) => type === 'operation.late').length, 1);
});

test('where a worker was put, and instead of what, stands with its claim', async () => {
  const stage = new Stage();
  const { run } = someRun;
  await stage.run(run, [asks(1, 'command.run', { command: 'true' })]);
  const held = await stage.app.tickets.issue({
    tenant,
    run,
    operation: 1,
    generation: 1,
    expiresAt,
  });
  const task = { kind: 'task', id: 'arn' } as const;
  const placement = { provider: 'FARGATE', instead: [{ provider: 'gpu', reason: 'RESOURCE:GPU' }] };
  const claim = { type: 'claim', worker: task, placement };
  assert.ok('command' in (await report(stage.app, held, claim)));
  assert.ok('command' in (await report(stage.app, held, claim)));
  const { events } = await stage.app.log.forTenant(tenant).read(run, 0);
  const started = events.filter(({ type }) => type === 'operation.started');
  assert.deepEqual(
    started.map(({ payload }) => payload),
    [{ operation: 1, worker: task, placement }],
  );
});

test('a worker that ended its command itself interrupts its claim, and the execution goes on at once', async () => {
  const stage = new Stage();
  const { run } = someRun;
  await stage.run(run, [asks(1, 'command.run', { command: 'true' }), claims(1)]);
  await stage.app.tokens.forTenant(tenant).put({ run, generation: 1, loop: 1, token: 'token', told: 0 });
  const held = await stage.app.tickets.issue({
    tenant,
    run,
    operation: 1,
    generation: 1,
    expiresAt,
  });
  const message = { type: 'stopped', reason: 'Ended by SIGTERM' };
  assert.deepEqual(await report(stage.app, held, message), { accepted: true });
  assert.deepEqual(stage.answered, ['token']);
  assert.deepEqual(await report(stage.app, held, message), { accepted: false });
  const { events } = await stage.app.log.forTenant(tenant).read(run, 0);
  const last = events.at(-1);
  assert.ok(last?.type === 'operation.interrupted');
  assert.deepEqual([last.by, last.payload], ['worker', { operation: 1, reason: 'Ended by SIGTERM' }]);
});

test('a worker that has claimed nothing, and one of a run that has ended, have nothing to interrupt', async () => {
  const app = memoryApp();
  await begin(app, requested);
  const message = { type: 'stopped', reason: 'Ended by SIGTERM' };
  assert.deepEqual(await report(app, ticket, message), { accepted: false });
  await report(app, ticket, { type: 'claim', worker });
  const { tenant: owner, run } = someRun;
  await app.runs.update(owner, run, () => [{ type: 'run.cancelled', by: 'user:ann', payload: {} }]);
  assert.deepEqual(await report(app, ticket, message), { accepted: false });
});

test('a heartbeat is answered with stop once nobody waits for the operation', async () => {
  const stage = new Stage();
  const { run } = someRun;
  await stage.run(run, [asks(1, 'command.run', { command: 'true' }), claims(1)]);
  const token = { run, generation: 1, loop: 1, token: 'token', told: 0 };
  const tokens = stage.app.tokens.forTenant(tenant);
  await tokens.put(token);
  const held = await stage.app.tickets.issue({ tenant, run, operation: 1, generation: 1, expiresAt });
  const beat = () => report(stage.app, held, { type: 'heartbeat' });
  assert.deepEqual(await beat(), { next: 'continue' });
  await tokens.delete(token);
  assert.deepEqual(await beat(), { next: 'stop' });
});
