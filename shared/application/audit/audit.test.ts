import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ann, memoryApp } from '../../../test/support/memory-app.ts';
import { AuditVerifier } from '../../domain/audit/verify.ts';
import { isTandemError } from '../../errors/tandem-error.ts';
import type { App } from '../app.ts';
import { createApp } from '../app.ts';
import { publishAgent } from '../commands/publish-agent.ts';

const { tenant } = ann;
const greeter = { agent: 'greeter', number: '1.0.0', bundle: 'export default 1' };

async function verified(app: App): Promise<number> {
  const log = app.auditLog.forTenant(tenant);
  const verifier = new AuditVerifier(tenant);
  for (const event of (await log.read(0)).events) assert.equal(verifier.next(event), undefined);
  assert.equal(verifier.end(await log.head()), undefined);
  return verifier.events;
}

test('publishing leaves one event and one version, however often it is asked', async () => {
  const app = memoryApp();
  const [first, second] = await Promise.all([
    publishAgent(app, ann, greeter),
    publishAgent(app, ann, greeter),
  ]);
  assert.deepEqual(await publishAgent(app, ann, greeter), first);
  assert.deepEqual(second, first);
  assert.equal(first.publishedBy, 'ann');
  assert.equal(await verified(app), 1);
});

test('of rivals for one number one wins, whoever asks at the same time', async () => {
  const app = memoryApp();
  const rivals = ['a', 'b', 'c'].map((bundle) => publishAgent(app, ann, { ...greeter, bundle }));
  const settled = await Promise.allSettled(rivals);
  const refused = settled.filter((one) => one.status === 'rejected');
  assert.equal(refused.length, 2);
  for (const { reason } of refused) assert.ok(isTandemError(reason, 'version.conflict'));
  assert.equal(await verified(app), 1);
});

test('every one of many changes at the same time is in the log', async () => {
  const app = memoryApp();
  const numbers = Array.from({ length: 20 }, (_, index) => `1.0.${index}`);
  await Promise.all(numbers.map((number) => publishAgent(app, ann, { ...greeter, number })));
  assert.equal(await verified(app), 20);
  assert.equal((await app.agents.forTenant(tenant).versions('greeter')).length, 20);
});

test('an append whose answer was lost is done once', async () => {
  const app = memoryApp();
  const { auditLog } = app;
  let lost = 0;
  const losing = createApp({
    ...app,
    auditLog: {
      tenants: () => auditLog.tenants(),
      forTenant: (name) => ({
        ...auditLog.forTenant(name),
        append: async (append) => {
          await auditLog.forTenant(name).append(append);
          lost += 1;
          throw new Error('connection lost');
        },
      }),
    },
  });
  await publishAgent(losing, ann, greeter);
  assert.equal(lost, 1);
  assert.equal(await verified(app), 1);
});
