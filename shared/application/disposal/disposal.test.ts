import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ann, begin, memoryApp, someRun } from '../../../test/support/memory-app.ts';
import type { EventDraft } from '../../domain/events.ts';
import type { VirtualClock } from '../../memory/virtual-clock.ts';
import { type App, createApp } from '../app.ts';
import { toContent } from '../content.ts';
import { runMetrics } from '../queries/run-metrics.ts';
import { verifyRun } from '../queries/verify-run.ts';
import { readTranscript } from '../transcripts/read-transcript.ts';
import { addWebhook } from '../webhooks/webhooks.ts';
import { treeFromFiles } from '../workspace/tree-from-files.ts';
import { erasePayload } from './erase-payload.ts';
import { removeExpired } from './retain.ts';
import { beginSweep, finishSweep, sweepGraceMs } from './sweep.ts';

const { tenant, run } = someRun;
const dayMs = 24 * 3_600_000;
const secret = 'a secret of 40 characters, not to be kept';
const boss = { ...ann, subject: 'boss', roles: ['admin'] } as const;

function newApp(): App {
  const engine = { forget: async () => {} } as unknown as App['engine'];
  return createApp({ ...memoryApp(), engine, background: { run: async () => {} } });
}

const clockOf = (app: App) => app.clock as VirtualClock;

/** A run that has written a file, kept a long value, asked a person, and ended. */
async function endedRun(app: App): Promise<void> {
  const blobs = app.blobs.forTenant(tenant);
  const hash = 'b'.repeat(64);
  const write: EventDraft = {
    type: 'operation.completed',
    by: 'run',
    payload: {
      operation: 1,
      record: { kind: 'file.write', hash, request: { inline: { path: 'a.txt', content: secret } } },
      outcome: { ok: true, value: await toContent(blobs, secret.repeat(5_000)) },
      tree: await treeFromFiles(blobs, [{ path: 'deep/a.txt', content: secret }]),
      artifact: { name: secret, path: 'deep/a.txt', mediaType: 'text/plain', blob: 'c'.repeat(64), size: 1 },
    },
  };
  const expiresAt = '2999-01-01T00:00:00.000Z';
  await begin(
    app,
    write,
    {
      type: 'operation.requested',
      by: 'run',
      payload: { operation: 2, kind: 'approval.request', hash, request: { inline: { what: secret } } },
    },
    {
      type: 'approval.requested',
      by: 'run',
      payload: {
        approval: 'apr_1',
        operation: 2,
        hash,
        what: secret,
        why: secret,
        details: { secret },
        expiresAt,
      },
    },
    {
      type: 'approval.denied',
      by: 'user:ann',
      payload: { approval: 'apr_1', operation: 2, hash, reason: secret },
    },
    {
      type: 'operation.completed',
      by: 'system',
      payload: { operation: 2, outcome: { ok: true, value: { inline: secret } } },
    },
  );
  await endRun(app);
}

async function endRun(app: App): Promise<void> {
  await app.runs.update(tenant, run, () => [
    { type: 'run.failed', by: 'run', payload: { error: { code: 'program.failed', message: secret } } },
  ]);
}

/** Everything that the application can still be asked about the run, as text. */
async function everythingAbout(app: App): Promise<string> {
  const projections = app.projections.forTenant(tenant);
  return JSON.stringify([
    await app.log.forTenant(tenant).read(run, 0),
    await app.log.forTenant(tenant).snapshot(run),
    await app.runs.load(tenant, run),
    await projections.run(run),
    (await projections.approvals({ run })).items,
    await projections.artifacts(run),
  ]);
}

describe('erasing payloads', () => {
  test('takes away what was said, everywhere, and the log still verifies', async () => {
    const app = newApp();
    await endedRun(app);
    await app.log.forTenant(tenant).saveSnapshot(await app.runs.load(tenant, run));
    assert.match(await everythingAbout(app), new RegExp(secret));
    const { seq } = await app.runs.load(tenant, run);
    for (let at = 1; at <= seq; at += 1) {
      const { event } = await erasePayload(app, boss, { run, seq: at, reason: 'Article 17' });
      assert.deepEqual([event.salt, event.erased?.by, event.erased?.reason], ['', 'user:boss', 'Article 17']);
    }
    assert.doesNotMatch(await everythingAbout(app), new RegExp(secret));
    const verified = await verifyRun(app, ann, run);
    assert.deepEqual([verified.findings, verified.erased?.length], [[], seq]);
    const { items } = await app.projections.forTenant(tenant).approvals({ run });
    assert.deepEqual([items[0]?.status, items[0]?.what], ['denied', 'Erased']);
  });

  test('takes it away from other processes too, whatever they remember', async () => {
    const app = newApp();
    const asked = { operation: 1, kind: 'approval.request', hash: 'b'.repeat(64) } as const;
    await begin(app, {
      type: 'operation.requested',
      by: 'run',
      payload: { ...asked, request: { inline: { what: secret } } },
    });
    const others = [createApp({ ...app }), createApp({ ...app })] as const;
    const seenBy = async (other: App) => JSON.stringify(await other.runs.load(tenant, run));
    for (const other of others) assert.match(await seenBy(other), new RegExp(secret));
    await endRun(app);
    assert.match(await seenBy(others[1]), new RegExp(secret));
    const { seq } = await app.runs.load(tenant, run);
    for (let at = 1; at <= seq; at += 1) await erasePayload(app, boss, { run, seq: at, reason: 'Asked for' });
    for (const other of others) assert.doesNotMatch(await seenBy(other), new RegExp(secret));
  });

  test('takes away what webhooks are told, also by the end of what was asked', async () => {
    const app = newApp();
    const events = ['run.created', 'approval.requested', 'approval.denied'] as const;
    const { webhook } = await addWebhook(app, boss, { url: 'https://example.com/', events });
    await endedRun(app);
    const told = async () => {
      const { items } = await app.outbox.forTenant(tenant).list(webhook.webhook, {});
      return items.map(({ event }) => event).sort();
    };
    assert.deepEqual(await told(), ['approval.denied', 'approval.requested', 'run.created']);
    const log = (await app.log.forTenant(tenant).read(run, 0)).events;
    const seq = log.find(({ type }) => type === 'approval.requested')?.seq ?? 0;
    await erasePayload(app, boss, { run, seq, reason: 'Article 17' });
    assert.deepEqual(await told(), ['run.created']);
  });

  test('is said in the audit log first, and once', async () => {
    const app = newApp();
    await endedRun(app);
    const [first, second] = await Promise.all([
      erasePayload(app, boss, { run, seq: 3, reason: 'Once' }),
      erasePayload(app, { ...boss, subject: 'other' }, { run, seq: 3, reason: 'Twice' }),
    ]);
    assert.deepEqual(first.event, second.event);
    const { events } = await app.auditLog.forTenant(tenant).read(0);
    assert.deepEqual(
      events.map(({ type }) => type),
      ['payload.erased'],
    );
    assert.doesNotMatch(JSON.stringify(events), new RegExp(secret));
  });

  test('cannot be claimed by somebody who only changes the log', async () => {
    const app = newApp();
    await endedRun(app);
    const { event } = await erasePayload(app, boss, { run, seq: 3, reason: 'Asked for' });
    const forged = { ...event, payload: { ...event.payload, operation: 1, signal: 7 } } as typeof event;
    await app.disposal.forTenant(tenant).erase({ run, event: forged, projections: [], told: [], blobs: [] });
    const { findings } = await verifyRun(app, ann, run);
    assert.deepEqual([findings[0]?.kind, findings[0]?.seq], ['altered', 3]);
    const other = (await app.log.forTenant(tenant).read(run, 3, 1)).events[0];
    assert.ok(other);
    const claimed = { ...other, erased: { at: other.at, by: 'x', reason: 'y' } };
    await app.disposal.forTenant(tenant).erase({ run, event: event, projections: [], told: [], blobs: [] });
    await app.disposal.forTenant(tenant).erase({ run, event: claimed, projections: [], told: [], blobs: [] });
    assert.equal((await verifyRun(app, ann, run)).findings[0]?.seq, 4);
  });

  test('is refused while the run goes on, and for what is not there', async () => {
    const app = newApp();
    await begin(app);
    const ask = (seq: number, caller: typeof boss = boss) =>
      erasePayload(app, caller, { run, seq, reason: 'x' });
    await assert.rejects(ask(1), { code: 'run.not-ended' });
    await assert.rejects(ask(1, { ...boss, tenant: 'other' } as never), { code: 'resource.not-found' });
    await app.runs.update(tenant, run, () => [{ type: 'run.cancelled', by: 'user:ann', payload: {} }]);
    await assert.rejects(ask(99), { code: 'resource.not-found' });
  });
});

describe('keeping runs for a time', () => {
  const keepFor = (app: App, days: number) =>
    app.audit.update(tenant, () => [{ type: 'retention.set', by: 'user:boss', payload: { days } }]);

  test('removes them so many days after their end, and says so before', async () => {
    const app = newApp();
    await endedRun(app);
    const { hash, seq } = await app.runs.load(tenant, run);
    await clockOf(app).advance(100 * dayMs);
    assert.equal(await removeExpired(app), 0);
    await keepFor(app, 101);
    assert.equal(await removeExpired(app), 0);
    await clockOf(app).advance(dayMs);
    assert.equal(await removeExpired(app), 1);
    assert.equal(await removeExpired(app), 0);
    const { events } = await app.auditLog.forTenant(tenant).read(1);
    assert.equal(events[0]?.type, 'run.removed');
    const refused = { code: 'run.removed', details: { run, removedAt: events[0]?.at, seq, hash } };
    await assert.rejects(app.runs.load(tenant, run), refused);
    const gone = { code: 'run.removed' };
    await assert.rejects(verifyRun(app, ann, run), gone);
    await assert.rejects(runMetrics(app, ann, run), gone);
    await assert.rejects(readTranscript(app, ann, run, { after: 0, limit: 1 }), gone);
    await assert.rejects(app.runs.load('other', run), { code: 'resource.not-found' });
    assert.deepEqual((await app.projections.forTenant(tenant).runs({})).items, []);
    assert.deepEqual((await app.projections.forTenant(tenant).approvals({})).items, []);
  });

  test('removes them for other processes too, which remember them as they were', async () => {
    const app = newApp();
    await begin(app);
    const other = createApp({ ...app });
    assert.equal((await other.runs.load(tenant, run)).end, undefined);
    await endRun(app);
    await keepFor(app, 1);
    await clockOf(app).advance(2 * dayMs);
    assert.equal(await removeExpired(app), 1);
    await assert.rejects(other.runs.load(tenant, run), { code: 'run.removed' });
    assert.equal(await other.runs.exists(tenant, run), false);
  });

  test('leaves alone what has not ended, or whose parent has not been told', async () => {
    const app = newApp();
    await begin(app);
    await keepFor(app, 1);
    await clockOf(app).advance(30 * dayMs);
    assert.equal(await removeExpired(app), 0);
    await app.runs.update(tenant, run, () => [{ type: 'run.cancelled', by: 'user:ann', payload: {} }]);
    await app.projections.reschedule({ tenant, run, checkAt: '2999-01-01T00:00:00.000Z' });
    await clockOf(app).advance(30 * dayMs);
    assert.equal(await removeExpired(app), 0);
    await app.projections.reschedule({ tenant, run, checkAt: null });
    assert.equal(await removeExpired(app), 1);
  });

  test('cut off anywhere is done again, and said once', async () => {
    const whole = newApp();
    await endedRun(whole);
    await keepFor(whole, 1);
    await clockOf(whole).advance(2 * dayMs);
    const remove = whole.disposal.forTenant(tenant).remove;
    let cuts = 0;
    const cutting = {
      ...whole,
      disposal: {
        forTenant: (of: string) => ({
          ...whole.disposal.forTenant(of),
          noteUnnamed: async (blobs: readonly string[]) => {
            await whole.disposal.forTenant(of).noteUnnamed(blobs);
            if (cuts++ === 0) throw new Error('cut');
          },
          remove: async (id: string) => {
            if (cuts++ < 3) throw new Error('cut');
            await remove(id);
          },
        }),
        expired: (now: string, limit: number) => whole.disposal.expired(now, limit),
        tenantsWithUnnamed: () => whole.disposal.tenantsWithUnnamed(),
        settle: async () => true,
      },
    } satisfies App;
    for (let attempt = 1; attempt <= 2; attempt += 1) await assert.rejects(removeExpired(cutting), /cut/);
    assert.equal(await removeExpired(cutting), 1);
    const { events } = await whole.auditLog.forTenant(tenant).read(1);
    assert.deepEqual(
      events.map(({ type }) => type),
      ['run.removed'],
    );
  });
});

describe('sweeping blobs', () => {
  const aged = async (app: App) => {
    await endedRun(app);
    await app.audit.update(tenant, () => [{ type: 'retention.set', by: 'user:boss', payload: { days: 1 } }]);
    await clockOf(app).advance(2 * dayMs);
  };
  const secretBlob = async (app: App) => (await app.blobs.forTenant(tenant).put(Buffer.from(secret))).blob;

  async function sweep(app: App, meanwhile: () => Promise<void> = async () => {}): Promise<number> {
    const begun = await beginSweep(app, tenant);
    assert.ok(begun);
    await clockOf(app).advance(sweepGraceMs);
    await meanwhile();
    return finishSweep(app, begun);
  }

  test('removes those of a removed run', async () => {
    const app = newApp();
    await aged(app);
    const file = await secretBlob(app);
    assert.equal(await removeExpired(app), 1);
    // Two folders, a file, a long value, and the name of an artefact whose bytes were never there.
    assert.equal(await sweep(app), 5);
    assert.equal(await app.blobs.forTenant(tenant).size(file), undefined);
    assert.deepEqual(await app.disposal.tenantsWithUnnamed(), []);
  });

  test('keeps those that another run names, and those of whoever has just stored them', async () => {
    const app = newApp();
    await aged(app);
    const file = await secretBlob(app);
    const blobs = app.blobs.forTenant(tenant);
    const tree = await treeFromFiles(blobs, [{ path: 'other/place.txt', content: secret }]);
    const sealed = app.runs.seal({ tenant, run: 'run_00000000000000000000000002' }, [
      {
        type: 'run.created',
        by: 'user:ann',
        payload: {
          agent: 'writer',
          version: 'a'.repeat(64),
          number: '1.0.0',
          input: { inline: null },
          seed: 'a'.repeat(64),
          isolation: { program: 'memory', command: 'process' },
          tree,
        },
      },
    ]);
    await app.runs.append(undefined, sealed);
    assert.equal(await removeExpired(app), 1);
    const long = Buffer.from(JSON.stringify(secret.repeat(5_000)));
    assert.equal(await sweep(app, async () => void (await blobs.put(long))), 3);
    assert.equal(await blobs.size(file), secret.length);
    assert.equal(await blobs.size((await blobs.put(long)).blob), long.byteLength);
  });

  test('keeps those that come up meanwhile, by an address that was signed before', async () => {
    const app = newApp();
    await aged(app);
    const long = Buffer.from(JSON.stringify(secret.repeat(5_000)));
    const blobs = app.blobs.forTenant(tenant);
    const { blob } = await blobs.put(long);
    assert.equal(await removeExpired(app), 1);
    const comeUp = async () => {
      const bytes = (async function* () {
        yield long;
      })();
      await blobs.receive(blob, bytes);
    };
    assert.equal(await sweep(app, comeUp), 4);
    assert.equal(await blobs.size(blob), long.byteLength);
  });

  test('comes back to those that the store does not let go yet', async () => {
    const whole = newApp();
    await aged(whole);
    assert.equal(await removeExpired(whole), 1);
    let held = true;
    const blobs: App['blobs'] = {
      forTenant: (id) => {
        const its = whole.blobs.forTenant(id);
        return { ...its, remove: async (digest, isWanted) => !held && its.remove(digest, isWanted) };
      },
    };
    const app = { ...whole, blobs };
    assert.equal(await sweep(app), 0);
    assert.deepEqual(await app.disposal.tenantsWithUnnamed(), [tenant]);
    held = false;
    assert.equal(await sweep(app), 5);
    assert.deepEqual(await app.disposal.tenantsWithUnnamed(), []);
  });
});
