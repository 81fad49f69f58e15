import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type App, createApp } from '../../shared/application/app.ts';
import { publishAgent } from '../../shared/application/commands/publish-agent.ts';
import { Courier } from '../../shared/application/webhooks/courier.ts';
import { addWebhook } from '../../shared/application/webhooks/webhooks.ts';
import { MemoryDisk } from '../../shared/memory/disk.ts';
import { SeededIds } from '../../shared/memory/seeded-ids.ts';
import { VirtualClock } from '../../shared/memory/virtual-clock.ts';
import { MemoryWebhookSender } from '../../shared/memory/webhook-sender.ts';
import { ann, begin, memoryApp, someRun } from '../support/memory-app.ts';
import type { Fate } from './fates.ts';
import { type Interceptor, interceptedAll, nameOf, type PortCall } from './intercept.ts';
import { never } from './turns.ts';

/** What a client wants done; each may be asked for again. */
const wishes: readonly ((app: App) => Promise<unknown>)[] = [
  async (app) => {
    if ((await app.records.forTenant(ann.tenant).list('webhook')).length > 0) return;
    const events = ['run.created', 'run.succeeded', 'agent.published'] as const;
    await addWebhook(app, ann, { url: 'https://example.com/hook', events });
  },
  (app) => publishAgent(app, ann, { agent: 'greeter', number: '1.0.0', bundle: 'export default 1' }),
  async (app) => {
    if (!(await app.runs.exists(someRun.tenant, someRun.run))) await begin(app);
  },
  (app) =>
    app.runs.update(someRun.tenant, someRun.run, ({ end }) =>
      end ? [] : [{ type: 'run.succeeded', by: 'run', payload: { output: { inline: 1 } } }],
    ),
];

/** Servers that share a disk, one after the other, and a receiver that outlives them. */
class Story {
  readonly clock = new VirtualClock();
  readonly sender = new MemoryWebhookSender();
  readonly calls: PortCall[] = [];
  readonly #disk = new MemoryDisk();
  readonly #cut: number;
  readonly #fate: Fate;
  #seed = 0;

  /** Lets the `cut`-th call fare badly. */
  constructor(cut = 0, fate: Fate = 'well') {
    this.#cut = cut;
    this.#fate = fate;
  }

  async play(): Promise<App> {
    let server = this.#start();
    for (const wish of wishes) {
      for (let granted = false; !granted; ) {
        granted = await Promise.race([
          wish(server.app).then(
            () => true,
            () => false,
          ),
          server.death.then(() => false),
        ]);
        if (server.dead()) server = this.#start();
      }
    }
    // Twice: who died while it was sending is followed by one that finds what is left.
    for (let round = 0; round < 40; round += 1) {
      await turns();
      if (server.dead()) server = this.#start();
      this.clock.advance(5_000);
    }
    return server.app;
  }

  #start() {
    this.#seed += 1;
    const disk = this.#disk.open();
    const death = Promise.withResolvers<void>();
    let dead = false;
    const die = (kept: 'keep' | 'forget') => {
      dead = true;
      disk.cut(kept);
      death.resolve();
      return never();
    };
    const intercept: Interceptor = async (call, proceed) => {
      if (dead) return never();
      this.calls.push(call);
      if (this.calls.length !== this.#cut) return proceed();
      if (this.#fate === 'dies before') return die('forget');
      if (this.#fate === 'refused') throw new Error(`${nameOf(call)} refused`);
      const answer = await proceed();
      if (this.#fate === 'dies after') return die('keep');
      throw new Error(`${nameOf(call)} lost ${JSON.stringify(answer)}`);
    };
    const clock = {
      now: () => this.clock.now(),
      at: (at: number, callback: () => void) => this.clock.at(at, () => !dead && callback()),
    };
    const {
      clock: _,
      ids: __,
      webhookSender: ___,
      runs,
      audit,
      announcements,
      conversations,
      ...rest
    } = memoryApp(disk);
    const { outbox, log, auditLog, records, ...others } = rest;
    const faulty = interceptedAll({ outbox, log, auditLog, records, webhookSender: this.sender }, intercept);
    const app = createApp({ ...others, ...faulty, clock, ids: new SeededIds(this.#seed, clock) });
    new Courier(app, { failed: () => {} }).start();
    return { app, death: death.promise, dead: () => dead };
  }
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Every event that was asked for has been told, under one id each, and that is on record. */
async function assertTold(story: Story, app: App): Promise<void> {
  const log = await app.log.forTenant(someRun.tenant).read(someRun.run, 0);
  const audit = await app.auditLog.forTenant(ann.tenant).read(0);
  const events = [...log.events, ...audit.events].filter(({ type }) =>
    ['run.created', 'run.succeeded', 'agent.published'].includes(type),
  );
  assert.equal(events.length, 3);
  const told = new Map(
    story.sender.sent.map(({ body, headers }) => [
      headers['webhook-id'] ?? '',
      (JSON.parse(body) as { id: string }).id,
    ]),
  );
  assert.deepEqual([...told.values()].toSorted(), events.map(({ id }) => id).toSorted());
  const [webhook] = await app.records.forTenant(ann.tenant).list('webhook');
  const { items } = await app.outbox.forTenant(ann.tenant).list(webhook?.webhook ?? '', {});
  assert.deepEqual(
    items.map(({ status }) => status),
    ['delivered', 'delivered', 'delivered'],
  );
  assert.deepEqual(items.map(({ delivery }) => delivery).toSorted(), [...told.keys()].toSorted());
}

const straight = new Story();
const told = await straight.play();

describe('webhooks: one call fares badly', () => {
  test('the story itself is told once', async () => {
    await assertTold(straight, told);
    assert.equal(straight.sender.sent.length, 3);
  });

  const cuts = straight.calls.map((call, index) => [index + 1, call] as const);
  // Later ones only look whether anything is due.
  for (const [cut, call] of cuts.slice(0, 70)) {
    for (const fate of ['dies before', 'dies after', 'refused', 'lost'] as const) {
      test(`call ${cut}, ${nameOf(call)}, ${fate}: nothing is lost`, async () => {
        const story = new Story(cut, fate);
        const app = await story.play();
        await assertTold(story, app);
      });
    }
  }

  test('what was sent and not recorded is sent again, under the same id', async () => {
    const sends = cuts.filter(([, call]) => nameOf(call) === 'webhookSender.send');
    assert.ok(sends.length >= 3);
    for (const [cut] of sends) {
      const story = new Story(cut, 'dies after');
      await assertTold(story, await story.play());
      assert.equal(story.sender.sent.length, 4);
    }
  });
});
