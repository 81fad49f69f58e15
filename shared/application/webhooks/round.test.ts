import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ann, memoryApp } from '../../../test/support/memory-app.ts';
import type { VirtualClock } from '../../memory/virtual-clock.ts';
import { MemoryWebhookSender } from '../../memory/webhook-sender.ts';
import type { WebhookAnswer, WebhookRequest } from '../../ports/webhooks.ts';
import { type App, createApp } from '../app.ts';
import { publishAgent } from '../commands/publish-agent.ts';
import { deliverDue } from './round.ts';
import { addWebhook } from './webhooks.ts';

type Answer = (request: WebhookRequest) => WebhookAnswer | Promise<WebhookAnswer>;

/** An application with a webhook that is told of each version, and so many versions. */
async function published(versions: number, answer?: Answer) {
  const sender = new MemoryWebhookSender(answer);
  const app = createApp({ ...memoryApp(), webhookSender: sender });
  await addWebhook(app, ann, { url: 'https://example.com/hook', events: ['agent.published'] });
  for (let patch = 0; patch < versions; patch += 1)
    await publishAgent(app, ann, {
      agent: 'greeter',
      number: `1.0.${patch}`,
      bundle: `export default ${patch}`,
    });
  return { app, sender, clock: app.clock as VirtualClock };
}

const nothingFails = (error: unknown) => assert.fail(String(error));

const round = (app: App, until = Number.POSITIVE_INFINITY) =>
  deliverDue(app, { until, failed: nothingFails });

describe('a round of deliveries', () => {
  it('sends what is due, once', async () => {
    const { app, sender } = await published(9);
    assert.deepEqual([await round(app), sender.sent.length], [9, 9]);
    assert.deepEqual([await round(app), sender.sent.length], [0, 9]);
  });

  it('sends nothing twice that another round has taken', async () => {
    const { app, sender } = await published(9);
    const rounds = await Promise.all([round(app), round(app), round(app)]);
    const ids = sender.sent.map(({ headers }) => headers['webhook-id']);
    assert.deepEqual([rounds.reduce((sum, one) => sum + one, 0), new Set(ids).size, ids.length], [9, 9, 9]);
  });

  it('asks a webhook that fails no further, and again when its time has come', async () => {
    let isUp = false;
    const { app, sender, clock } = await published(9, () => ({ status: isUp ? 204 : 503, body: '' }));
    assert.equal(await round(app), 4);
    isUp = true;
    assert.equal(await round(app), 5);
    clock.advance(24 * 3_600_000);
    assert.equal(await round(app), 4);
    assert.equal(sender.sent.length, 13);
  });

  it('leaves what is taken to another round after a minute, if the first was cut off', async () => {
    const never = new Promise<WebhookAnswer>(() => {});
    let isCutOff = true;
    const { app, sender, clock } = await published(1, () => (isCutOff ? never : { status: 204, body: '' }));
    void round(app);
    while (sender.sent.length === 0) await new Promise((resolve) => setImmediate(resolve));
    isCutOff = false;
    assert.equal(await round(app), 0);
    clock.advance(61_000);
    assert.equal(await round(app), 1);
  });

  it('begins nothing after its time', async () => {
    const { app, sender, clock } = await published(1);
    assert.equal(await round(app, clock.now() - 1), 0);
    assert.equal(sender.sent.length, 0);
  });

  it('goes on with other webhooks when one cannot be told, and says so', async () => {
    const { app } = await published(1);
    const outbox = app.outbox;
    const broken = {
      lanes: () => outbox.lanes(),
      forTenant: () => ({ due: () => Promise.reject(new Error('The store is away')) }),
    };
    const failures: unknown[] = [];
    const options = {
      until: Number.POSITIVE_INFINITY,
      failed: (error: unknown) => void failures.push(error),
    };
    assert.equal(await deliverDue({ ...app, outbox: broken as never }, options), 0);
    assert.match(String(failures), /The store is away/);
  });
});
