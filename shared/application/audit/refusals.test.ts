import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ann, memoryApp } from '../../../test/support/memory-app.ts';
import { platformTenant } from '../../domain/audit/records.ts';
import type { VirtualClock } from '../../memory/virtual-clock.ts';
import { createApp } from '../app.ts';
import { createTenant } from '../tenants/tenants.ts';
import { Refusals, type RefusedAccess } from './refusals.ts';

const { tenant } = ann;
const refused: RefusedAccess = {
  code: 'auth.forbidden',
  message: 'This needs the role admin',
  route: 'POST /v1/keys',
  address: '127.0.0.1',
  subject: 'ann',
  tenant,
};
const stranger: RefusedAccess = {
  code: 'auth.invalid',
  message: 'The token has expired',
  route: 'GET /v1/runs',
  address: '127.0.0.1',
};

async function setUp() {
  const pending: Promise<void>[] = [];
  const background = { run: async (work: () => Promise<void>) => void pending.push(work()) };
  const app = createApp({ ...memoryApp(), background });
  await createTenant(app, 'system', { tenant });
  const written = async (log: string) =>
    (await app.auditLog.forTenant(log).read(0)).events.flatMap((event) =>
      event.type === 'access.refused' ? [event.payload] : [],
    );
  return { app, clock: app.clock as VirtualClock, pending, written, refusals: new Refusals(app) };
}

describe('refusals', () => {
  test('alike within a minute are one event, written when it is over', async () => {
    const { clock, pending, written, refusals } = await setUp();
    for (let count = 0; count < 500; count += 1) refusals.note(refused);
    refusals.note({ ...refused, address: '127.0.0.2' });
    clock.advance(59_999);
    assert.deepEqual([pending.length, await written(tenant)], [0, []]);
    clock.advance(1);
    await Promise.all(pending);
    const { tenant: _, ...payload } = refused;
    assert.deepEqual(await written(tenant), [
      { ...payload, times: 500 },
      { ...payload, address: '127.0.0.2', times: 1 },
    ]);
    refusals.note(refused);
    clock.advance(60_000);
    await Promise.all(pending);
    assert.equal((await written(tenant)).length, 3);
  });

  test('are the matter of the platform where the tenant is not known, or none', async () => {
    const { written, refusals } = await setUp();
    refusals.note(stranger);
    refusals.note({ ...refused, tenant: 'made-up', code: 'tenant.unknown' });
    await refusals.flush();
    assert.deepEqual(
      (await written(platformTenant)).map(({ code, subject }) => [code, subject]),
      [
        ['auth.invalid', undefined],
        ['tenant.unknown', 'ann'],
      ],
    );
    assert.deepEqual(await written(tenant), []);
  });

  test('of a key that was good once are the matter of its tenant', async () => {
    const { app, written, refusals } = await setUp();
    const key = app.ids.ulid();
    const payload = { key, name: 'ci', secretDigest: 'a'.repeat(64), roles: ['user'] } as const;
    await app.audit.update(tenant, () => [{ type: 'key.created', by: 'user:ann', payload }]);
    refusals.note({ ...stranger, key });
    await refusals.flush();
    const [only] = await written(tenant);
    assert.deepEqual([only?.subject, only?.times, only && 'key' in only], [`key:${key}`, 1, false]);
  });

  test('of an inventive flood are bounded, in the log and in memory, and all of them counted', async () => {
    const { written, refusals } = await setUp();
    const flood = 20_000;
    for (let at = 0; at < flood; at += 1) {
      refusals.note({ ...refused, code: 'tenant.unknown', tenant: `made-up-${at}`, subject: `s${at}` });
      refusals.note({ ...stranger, address: `10.0.0.${at}` });
      refusals.note({ ...refused, subject: `s${at}` });
    }
    await refusals.flush();
    const [ours, theirs] = [await written(tenant), await written(platformTenant)];
    assert.ok(ours.length <= 21, `${ours.length} in the log of the tenant`);
    assert.ok(theirs.length <= 21, `${theirs.length} in the log of the platform`);
    const times = [...ours, ...theirs].reduce((sum, one) => sum + one.times, 0);
    assert.equal(times, 3 * flood);
  });
});
