import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TandemClient } from '../../clients/sdk/client.ts';
import type { AuditEvent } from '../../shared/protocol/audit.ts';
import { owner, platform, user } from './callers.ts';
import type { Outage } from './outage.ts';
import { refused, type Twin } from './twin.ts';

const tenant = 'on-the-record';
const ours = { ...owner, tenant };

async function eventsOf(twin: Twin, type?: string): Promise<AuditEvent[]> {
  const client = await twin.client(ours);
  return Array.fromAsync(client.auditEvents(type === undefined ? {} : { type }));
}

export function audit(twin: () => Twin): void {
  describe('the audit log', () => {
    it('tells who has done what outside runs, in a chain that is sound', async () => {
      const outside = await twin().client(platform);
      await outside.createTenant({ tenant });
      const client = await twin().client(ours);
      await twin().publish('greeting', ours);
      const { key } = await client.createKey({ name: 'ci', roles: ['user'] });
      await client.revokeKey(key, 'Lost');
      const told = (await eventsOf(twin())).map(({ type, by }) => [type, by]);
      assert.deepEqual(told, [
        ['tenant.created', await twin().actor(platform)],
        ['agent.published', await twin().actor()],
        ['key.created', await twin().actor()],
        ['key.revoked', await twin().actor()],
      ]);
      assert.deepEqual(
        (await eventsOf(twin(), 'key')).map(({ payload }) => payload['key']),
        [key, key],
      );
      const { events, findings, head } = await client.verifyAudit();
      assert.deepEqual([events, findings, head?.seq], [4, [], 4]);
      const orders = await Array.fromAsync(outside.auditEvents({ platform: true, type: 'tenant.ordered' }));
      assert.ok(orders.some(({ payload }) => payload['tenant'] === tenant && payload['order'] === 'create'));
      assert.deepEqual((await outside.verifyAudit({ platform: true })).findings, []);
    });

    it('wakes who waits for what comes next', async () => {
      const client = await twin().client();
      const { last } = await client.readAudit({ limit: 1 });
      const waiting = client.readAudit({ after: last, type: 'key', wait: 20 });
      const began = performance.now();
      await client.createKey({ name: 'awaited', roles: ['user'] });
      assert.ok((await waiting).after > last);
      assert.ok(performance.now() - began < 15_000, 'did not sit the wait out');
    });

    it('is for admins, and that of the platform for who stands outside', async () => {
      await refused((await twin().client(user)).readAudit(), 403, 'auth.forbidden');
      await refused((await twin().client(owner)).readAudit({ platform: true }), 403, 'auth.forbidden');
      await refused((await twin().client(platform)).readAudit(), 403, 'auth.forbidden');
    });
  });
}

/** What a restart must not do to the audit log. */
export function restartingAudit(twin: () => Twin, stop: Outage): void {
  stop.it(
    'the audit log tells who was refused and how often, in the log of whom it concerns',
    async (fail) => {
      const client = await twin().client(owner);
      const { secret, key } = await client.createKey({ name: 'leaked', roles: ['user'] });
      await client.revokeKey(key);
      const { last } = await client.readAudit({ limit: 1 });
      const leaked = new TandemClient({ url: client.url, token: secret });
      for (let count = 0; count < 5; count += 1) {
        await refused(leaked.listRuns(), 401, 'auth.invalid');
        await refused((await twin().client(user)).listKeys(), 403, 'auth.forbidden');
        await refused(new TandemClient({ url: client.url, token: 'wrong' }).listRuns(), 401, 'auth.invalid');
      }
      await fail();
      const again = await twin().client(owner);
      const events = await Array.fromAsync(again.auditEvents({ after: last, type: 'access.refused' }));
      assert.equal(times(events, { subject: `key:${key}`, route: 'GET /v1/runs' }), 5);
      assert.equal(times(events, { subject: 'ute', route: 'GET /v1/keys' }), 5);
      const outside = await twin().client(platform);
      const strangers = await Array.fromAsync(outside.auditEvents({ platform: true, type: 'access' }));
      assert.ok(times(strangers, { subject: undefined, route: 'GET /v1/runs' }) >= 5);
      assert.ok(!JSON.stringify([events, strangers]).includes(secret.slice(30)));
    },
  );
}

/** How often somebody was refused a route: those that are alike are one event, or a few where a queue gathers them. */
function times(
  events: readonly AuditEvent[],
  { subject, route }: { readonly subject: string | undefined; readonly route: string },
): number {
  const alike = events.filter(({ payload }) => payload['subject'] === subject && payload['route'] === route);
  return alike.reduce((sum, { payload }) => sum + Number(payload['times']), 0);
}
