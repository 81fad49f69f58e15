import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ann, begin, memoryApp, someRun } from '../../../test/support/memory-app.ts';
import { platformTenant } from '../../domain/audit/records.ts';
import { childRunId } from '../../domain/derived-ids.ts';
import type { EventDraft } from '../../domain/events.ts';
import { isTandemError } from '../../errors/tandem-error.ts';
import { type App, createApp } from '../app.ts';
import { publishAgent } from '../commands/publish-agent.ts';
import { ensureChildren } from '../steps/children.ts';
import { abide } from './abide.ts';
import { assertServed } from './serve.ts';
import { settleTenant, settleTenants } from './settle.ts';
import { createTenant, findTenant, resumeTenant, suspendTenant } from './tenants.ts';

const { tenant } = ann;
const by = 'platform:pat';

/** An application whose background work is done when the test says so, as after a crash. */
async function withTenant(): Promise<App> {
  const app = createApp({ ...memoryApp(), background: { run: async () => {} } });
  await createTenant(app, by, { tenant, name: 'Acme Ltd' });
  return app;
}

const load = (app: App) => app.runs.load(tenant, someRun.run);
const typesIn = async (app: App, log: string) =>
  (await app.auditLog.forTenant(log).read(0)).events.map(({ type }) => type);

test('what is done to a tenant stands in its own log, and before that in the log of the platform', async () => {
  const app = await withTenant();
  await suspendTenant(app, by, tenant, { reason: 'Unpaid' });
  await suspendTenant(app, by, tenant, { reason: 'Again' });
  await settleTenants(app);
  await resumeTenant(app, by, tenant, {});
  assert.deepEqual(await typesIn(app, tenant), [
    'tenant.created',
    'tenant.suspended',
    'tenant.settled',
    'tenant.resumed',
  ]);
  const { events } = await app.auditLog.forTenant(platformTenant).read(0);
  assert.deepEqual(
    events.map(({ payload }) => payload),
    [
      { tenant, order: 'create', name: 'Acme Ltd' },
      { tenant, order: 'suspend', reason: 'Unpaid' },
      { tenant, order: 'resume' },
    ],
  );
});

test('of many who make the same tenant at once all are told of the same one', async () => {
  const app = createApp({ ...memoryApp(), background: { run: async () => {} } });
  const made = await Promise.all(Array.from({ length: 10 }, () => createTenant(app, by, { tenant })));
  assert.equal(new Set(made.map((one) => JSON.stringify(one))).size, 1);
  assert.deepEqual(await typesIn(app, tenant), ['tenant.created']);
});

describe('who is admitted', () => {
  const refusal = (code: 'tenant.unknown' | 'tenant.suspended') => (error: unknown) =>
    isTandemError(error, code);

  test('is of a tenant that is active, or outside all of them', async () => {
    const app = await withTenant();
    await assertServed(app, ann);
    await assertServed(app, { tenant: platformTenant, roles: ['platform'] });
    await assert.rejects(assertServed(app, { ...ann, tenant: 'other' }), refusal('tenant.unknown'));
    await suspendTenant(app, by, tenant, {});
    await assert.rejects(assertServed(app, ann), refusal('tenant.suspended'));
  });

  test('is nobody who takes the name of the platform for a tenant', async () => {
    const app = await withTenant();
    const impostor = { tenant: platformTenant, subject: 'eve', roles: ['admin', 'platform'] } as const;
    await assert.rejects(assertServed(app, impostor), refusal('tenant.unknown'));
  });
});

describe('a suspension', () => {
  const paused: EventDraft = { type: 'run.paused', by: 'user:ann', payload: {} };

  test('pauses a run for as long as it lasts', async () => {
    const app = await withTenant();
    await begin(app);
    await suspendTenant(app, by, tenant, { reason: 'Unpaid' });
    assert.equal((await findTenant(app, tenant)).settling, true);
    await settleTenants(app);
    await settleTenants(app);
    const state = await load(app);
    assert.deepEqual([state.paused, state.suspended], [true, true]);
    assert.equal((await findTenant(app, tenant)).settling, undefined);
    assert.deepEqual(await app.records.all('unsettled', { after: '', limit: 9 }), []);
    await resumeTenant(app, by, tenant, {});
    await settleTenants(app);
    assert.deepEqual([(await load(app)).paused, (await load(app)).suspended], [false, false]);
    const settled = (await app.auditLog.forTenant(tenant).read(0)).events.filter(
      ({ type }) => type === 'tenant.settled',
    );
    assert.deepEqual(
      settled.map(({ payload }) => payload),
      [
        { status: 'suspended', runs: 1 },
        { status: 'active', runs: 1 },
      ],
    );
  });

  test('leaves alone what somebody had paused, or cancels', async () => {
    for (const draft of [paused, { ...paused, type: 'run.cancel-requested' } as EventDraft]) {
      const app = await withTenant();
      await begin(app, draft);
      const { seq } = await load(app);
      await suspendTenant(app, by, tenant, {});
      await settleTenants(app);
      await resumeTenant(app, by, tenant, {});
      await settleTenants(app);
      assert.equal((await load(app)).seq, seq);
    }
  });

  test('that is over before it has reached every run leaves none paused', async () => {
    const app = await withTenant();
    await begin(app);
    const { runs } = app;
    const update = runs.update.bind(runs);
    let raced = false;
    runs.update = async (...args) => {
      // Between the look at the tenant and the event, somebody resumes it, and has looked at every run.
      if (!raced) {
        raced = true;
        await resumeTenant(app, by, tenant, {});
        await settleTenant(app, tenant);
      }
      return update(...args);
    };
    await suspendTenant(app, by, tenant, {});
    await settleTenants(app);
    assert.ok(raced);
    assert.equal((await load(app)).paused, false);
    assert.equal((await findTenant(app, tenant)).settling, undefined);
  });

  test('keeps children from being made, until it is over', async () => {
    const app = await withTenant();
    const { digest } = await publishAgent(app, ann, { agent: 'child', number: '1.0.0', bundle: 'x' });
    const request = { inline: { agent: 'child', version: digest, input: null } };
    const called = { operation: 1, kind: 'agent.call', hash: digest, request } as const;
    await begin(app, { type: 'operation.requested', by: 'run', payload: called });
    const child = childRunId(someRun.run, 1);
    const carrying = createApp({
      ...app,
      programs: { isolation: 'memory' } as App['programs'],
      engine: { start: async () => {} } as unknown as App['engine'],
    });
    await suspendTenant(carrying, by, tenant, {});
    await ensureChildren(carrying, await load(app));
    assert.equal(await app.runs.exists(tenant, child), false);
    await settleTenants(carrying);
    await resumeTenant(carrying, by, tenant, {});
    await settleTenants(carrying);
    assert.equal(await app.runs.exists(tenant, child), true);
  });

  test('is kept by a run that begins after it', async () => {
    const app = await withTenant();
    await suspendTenant(app, by, tenant, {});
    await settleTenants(app);
    await begin(app);
    assert.equal((await abide(app, await load(app))).suspended, true);
  });
});
