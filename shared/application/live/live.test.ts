import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { begin, memoryApp, someRun } from '../../../test/support/memory-app.ts';
import { MemoryConnections } from '../../memory/connections.ts';
import type { VirtualClock } from '../../memory/virtual-clock.ts';
import { liveLimits } from '../../protocol/live.ts';
import { createTenant, suspendTenant } from '../tenants/tenants.ts';
import { fanOut } from './fan-out.ts';
import { framesOf } from './frames.ts';
import type { Live } from './live.ts';
import { subscribe, whoIsConnected } from './subscribe.ts';

interface Sent {
  readonly type: string;
  readonly events?: readonly { readonly seq: number }[];
  readonly after?: number;
  readonly seq?: number;
  readonly ended?: boolean;
}

/** A run of the tenant acme, and who listens to it. */
async function stage() {
  const app = memoryApp();
  const clock = app.clock as VirtualClock;
  const connections = new MemoryConnections(clock);
  const sent = new Map<string, Sent[]>();
  const gone = new Set<string>();
  const failing = new Set<string>();
  const live: Live = {
    ...app,
    connections,
    sender: {
      async send(connection, frame) {
        if (failing.has(connection)) throw new Error('It is throttled');
        if (gone.has(connection)) return 'gone';
        sent.set(connection, [...(sent.get(connection) ?? []), JSON.parse(frame)]);
        return 'sent';
      },
    },
  };
  await createTenant(app, 'system', { tenant: someRun.tenant });
  await begin(app);
  const append = async (count: number, text = '.'): Promise<number> => {
    for (let index = 0; index < count; index += 1) {
      const state = await app.runs.load(someRun.tenant, someRun.run);
      const type = state.paused ? 'run.resumed' : 'run.paused';
      await app.runs.update(someRun.tenant, someRun.run, () => [
        { type, by: 'user:ann', payload: { reason: text } },
      ]);
    }
    return (await app.runs.load(someRun.tenant, someRun.run)).seq;
  };
  const open = async (id: string, tenant: string = someRun.tenant) => {
    const expiresAt = app.clock.now() + 1_000;
    await connections.open({ id, tenant, subject: 'ann', roles: ['user'], expiresAt });
    return whoIsConnected(live, id);
  };
  const seqs = (id: string) =>
    (sent.get(id) ?? []).flatMap(({ events = [] }) => events.map(({ seq }) => seq));
  const types = (id: string) => (sent.get(id) ?? []).map(({ type }) => type);
  return { app, clock, live, connections, sent, gone, failing, append, open, seqs, types };
}

const { tenant, run } = someRun;

describe('a subscription', () => {
  it('is sent what has happened after what is known, and then what happens', async () => {
    const { live, append, open, seqs } = await stage();
    await append(3);
    await subscribe(live, await open('c1'), { run, after: 3 });
    assert.deepEqual(seqs('c1'), [4, 5]);
    await fanOut(live, { tenant, run, seq: await append(2) });
    assert.deepEqual(seqs('c1'), [4, 5, 6, 7]);
  });

  it('is sent nothing twice by news that comes late or again', async () => {
    const { live, append, open, seqs } = await stage();
    await subscribe(live, await open('c1'), { run, after: 0 });
    const seq = await append(2);
    await fanOut(live, { tenant, run, seq: seq - 1 });
    await fanOut(live, { tenant, run, seq });
    await fanOut(live, { tenant, run, seq });
    assert.deepEqual(seqs('c1'), [1, 2, 3, 4]);
  });

  it('may begin anew, over the same connection', async () => {
    const { live, open, seqs } = await stage();
    const connection = await open('c1');
    await subscribe(live, connection, { run, after: 0 });
    await subscribe(live, connection, { run, after: 1 });
    assert.deepEqual(seqs('c1'), [1, 2, 2]);
  });

  it('ends with the run', async () => {
    const { app, live, connections, open, sent } = await stage();
    await subscribe(live, await open('c1'), { run, after: 0 });
    const state = await app.runs.load(tenant, run);
    await app.runs.append(
      state,
      app.runs.seal(state, [{ type: 'run.cancelled', by: 'user:ann', payload: {} }]),
    );
    await fanOut(live, { tenant, run, seq: 3 });
    assert.equal(sent.get('c1')?.at(-1)?.ended, true);
    assert.equal(await connections.hasSubscribers(tenant, run), false);
  });

  it('is refused for runs that there are not, and those of others', async () => {
    const { app, live, open, types } = await stage();
    await createTenant(app, 'system', { tenant: 'other' });
    await assert.rejects(subscribe(live, await open('c1'), { run: `${run}0`, after: 0 }), {
      code: 'resource.not-found',
    });
    await assert.rejects(subscribe(live, await open('c2', 'other'), { run, after: 0 }), {
      code: 'resource.not-found',
    });
    await assert.rejects(subscribe(live, await open('c3', 'nobodys'), { run, after: 0 }), {
      code: 'tenant.unknown',
    });
    assert.deepEqual([types('c1'), types('c2'), types('c3')], [[], [], []]);
  });

  it('is over with its connection', async () => {
    const { clock, live, open, append, seqs } = await stage();
    await subscribe(live, await open('c1'), { run, after: 0 });
    clock.advance(1_000);
    await fanOut(live, { tenant, run, seq: await append(1) });
    assert.deepEqual(seqs('c1'), [1, 2]);
    await assert.rejects(whoIsConnected(live, 'c1'), { code: 'connection.unknown' });
  });
});

describe('fan-out', () => {
  it('forgets who is gone, and tells the others', async () => {
    const { live, connections, gone, open, append, seqs } = await stage();
    for (const id of ['c1', 'c2']) await subscribe(live, await open(id), { run, after: 2 });
    gone.add('c1');
    await fanOut(live, { tenant, run, seq: await append(1) });
    assert.deepEqual([seqs('c1'), seqs('c2')], [[], [3]]);
    assert.equal(await connections.find('c1'), undefined);
  });

  it('fails when somebody was not reached, after telling the others; then only that one is told', async () => {
    const { live, failing, open, append, seqs } = await stage();
    for (const id of ['c1', 'c2', 'c3']) await subscribe(live, await open(id), { run, after: 2 });
    failing.add('c2');
    const news = { tenant, run, seq: await append(1) };
    await assert.rejects(fanOut(live, news), /throttled/);
    failing.clear();
    await fanOut(live, news);
    assert.deepEqual([seqs('c1'), seqs('c2'), seqs('c3')], [[3], [3], [3]]);
  });

  it('tells nobody of a tenant that is suspended', async () => {
    const { app, live, open, append, seqs } = await stage();
    await subscribe(live, await open('c1'), { run, after: 2 });
    const seq = await append(1);
    await suspendTenant({ ...app, background: { run: async () => undefined } }, 'system', tenant, {});
    await fanOut(live, { tenant, run, seq });
    assert.deepEqual(seqs('c1'), []);
  });

  it('points at the rest where there is too much for one go', async () => {
    const { live, open, append, seqs, sent } = await stage();
    const seq = await append(260);
    await subscribe(live, await open('c1'), { run, after: 0 });
    assert.deepEqual(
      seqs('c1'),
      Array.from({ length: 250 }, (_, index) => index + 1),
    );
    assert.deepEqual(sent.get('c1')?.at(-1), { type: 'behind', run, after: 250, seq, ended: false });
    await fanOut(live, { tenant, run, seq: await append(1) });
    assert.deepEqual(seqs('c1').at(-1), seq + 1);
  });
});

describe('frames', () => {
  it('hold as many events as fit, and leave none out', async () => {
    const { app, append } = await stage();
    await append(100, 'x'.repeat(2_000));
    const { events } = await app.log.forTenant(tenant).read(run, 0);
    const frames = framesOf(run, events);
    assert.ok(frames.length > 1 && frames.length < 5, String(frames.length));
    assert.ok(frames.every(({ text }) => Buffer.byteLength(text) <= liveLimits.frameBytes));
    const told = frames.flatMap(({ text }) => JSON.parse(text).events);
    assert.deepEqual(told, JSON.parse(JSON.stringify(events)));
  });

  it('stand a pointer in for an event that fits into none, in its place', async () => {
    const { app } = await stage();
    const { events } = await app.log.forTenant(tenant).read(run, 0);
    const [first, second] = events;
    assert.ok(first && second);
    const large = Object.assign({ ...first }, { payload: { text: 'ä'.repeat(70_000) } });
    const frames = framesOf(run, [large, second]).map(({ text }) => JSON.parse(text) as Sent);
    assert.deepEqual(
      frames.map(({ type, after, seq, events: told }) => [type, after, seq, told?.[0]?.seq]),
      [
        ['behind', 0, 1, undefined],
        ['events', undefined, undefined, 2],
      ],
    );
  });
});
