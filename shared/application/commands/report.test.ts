import assert from 'node:assert/strict';
import { test } from 'node:test';
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
