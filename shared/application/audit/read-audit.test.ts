import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ann, memoryApp } from '../../../test/support/memory-app.ts';
import type { AuditDraft } from '../../domain/audit/events.ts';
import type { VirtualClock } from '../../memory/virtual-clock.ts';
import type { App } from '../app.ts';
import { readAudit, verifyAudit } from './read-audit.ts';

const { tenant } = ann;
const all = { after: 0, limit: 1_000, waitMs: 0 };

const suspended: AuditDraft = { type: 'tenant.suspended', by: 'x', payload: {} };
const removed: AuditDraft = { type: 'alias.removed', by: 'x', payload: { agent: 'a', alias: 'b' } };

async function withLog(count: number): Promise<App> {
  const app = memoryApp();
  for (let at = 0; at < count; at += 1)
    await app.audit.update(tenant, () => [at % 3 === 0 ? removed : suspended]);
  return app;
}

const seqs = ({ events }: { events: readonly { seq: number }[] }) => events.map(({ seq }) => seq);

test('a log is read in pages, each of which says where the next begins', async () => {
  const app = await withLog(5);
  const first = await readAudit(app, tenant, { ...all, limit: 2 });
  assert.deepEqual([seqs(first), first.after, first.more, first.last], [[1, 2], 2, true, 5]);
  const rest = await readAudit(app, tenant, { ...all, after: first.after });
  assert.deepEqual([seqs(rest), rest.after, rest.more], [[3, 4, 5], 5, false]);
  const beyond = await readAudit(app, tenant, { ...all, after: 5 });
  assert.deepEqual([seqs(beyond), beyond.after, beyond.more], [[], 5, false]);
});

test('a type or a family picks events, and a page is never longer than asked for', async () => {
  const app = await withLog(7);
  const page = await readAudit(app, tenant, { ...all, type: 'alias.removed', limit: 2 });
  assert.deepEqual([seqs(page), page.more], [[1, 4], true]);
  const next = await readAudit(app, tenant, { ...all, type: 'alias', after: page.after });
  assert.deepEqual([seqs(next), next.after, next.more], [[7], 7, false]);
  const none = await readAudit(app, tenant, { ...all, type: 'key' });
  assert.deepEqual([seqs(none), none.after, none.more], [[], 7, false]);
  assert.deepEqual(seqs(await readAudit(app, tenant, { ...all, type: 'ali' })), []);
});

test('who waits is told of the next event, or of none when the time is over', async () => {
  const app = await withLog(1);
  const waiting = readAudit(app, tenant, { ...all, after: 1, waitMs: 1_000 });
  await app.audit.update('other', () => [removed]);
  await app.audit.update(tenant, () => [removed]);
  assert.deepEqual(seqs(await waiting), [2]);
  const vain = readAudit(app, tenant, { ...all, after: 2, waitMs: 1_000 });
  await new Promise(setImmediate);
  (app.clock as VirtualClock).advance(1_000);
  assert.deepEqual(seqs(await vain), []);
});

test('a sound log is told from one that somebody has changed', async () => {
  const app = await withLog(3);
  const { events, findings, head } = await verifyAudit(app, tenant);
  assert.deepEqual([events, findings, head?.seq], [3, [], 3]);
  assert.deepEqual(await verifyAudit(app, 'other'), { tenant: 'other', events: 0, findings: [], head: null });
  const log = app.auditLog.forTenant(tenant);
  const forged = {
    ...app,
    auditLog: {
      forTenant: () => ({
        ...log,
        read: async (after: number, limit?: number) => {
          const page = await log.read(after, limit);
          return {
            ...page,
            events: page.events.map((one) => (one.seq === 2 ? { ...one, by: 'nobody' } : one)),
          };
        },
      }),
    },
  } as unknown as App;
  const { findings: found } = await verifyAudit(forged, tenant);
  assert.deepEqual(
    found.map(({ kind, seq }) => [kind, seq]),
    [['altered', 3]],
  );
});
