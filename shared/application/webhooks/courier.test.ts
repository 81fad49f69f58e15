import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { ann, begin, memoryApp, someRun } from '../../../test/support/memory-app.ts';
import { isTandemError } from '../../errors/tandem-error.ts';
import type { VirtualClock } from '../../memory/virtual-clock.ts';
import { MemoryWebhookSender } from '../../memory/webhook-sender.ts';
import type { WebhookAnswer, WebhookRequest } from '../../ports/webhooks.ts';
import type { WebhookWanted } from '../api/webhooks.ts';
import { type App, createApp } from '../app.ts';
import { publishAgent } from '../commands/publish-agent.ts';
import { rebuild } from '../upkeep/rebuild.ts';
import { Courier } from './courier.ts';
import { getDelivery, listDeliveries, replayDelivery, testWebhook } from './deliveries.ts';
import { disableWebhook } from './disable.ts';
import { addWebhook, changeWebhookSecret, getWebhook, removeWebhook } from './webhooks.ts';

type Answer = (request: WebhookRequest) => WebhookAnswer | Promise<WebhookAnswer>;

/** An application whose courier is at work, and what it sends. */
function working(context: TestContext, answer?: Answer) {
  const sender = new MemoryWebhookSender(answer);
  const app = createApp({ ...memoryApp(), webhookSender: sender });
  const errors: unknown[] = [];
  const courier = new Courier(app, { failed: (error) => errors.push(error) });
  courier.start();
  context.after(async () => {
    const stopped = courier.stop();
    await settled();
    (app.clock as VirtualClock).advance(1_000);
    return stopped;
  });
  return { app, sender, errors, clock: app.clock as VirtualClock };
}

/** Lets everything happen that needs no time to pass. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

const hook = (app: App, changes: Partial<WebhookWanted> = {}) =>
  addWebhook(app, ann, { url: 'https://example.com/hook', events: ['agent.published'], ...changes });

const publish = (app: App, number: string) =>
  publishAgent(app, ann, { agent: 'greeter', number, bundle: 'export default 1' });

const idsOf = (sent: readonly WebhookRequest[]) => sent.map(({ headers }) => headers['webhook-id']);

test('each event that was asked for is sent once, signed, as a CloudEvent', async (context) => {
  const { app, sender } = working(context);
  const { secret, webhook } = await hook(app, { events: ['run.created', 'run.succeeded'] });
  await begin(app, {
    type: 'run.succeeded',
    by: 'run',
    payload: { output: { inline: { secret: 'output' } } },
  });
  await publish(app, '1.0.0');
  await settled();
  const told = sender.sent.map(({ body }) => JSON.parse(body) as { type: string; data: { status: string } });
  assert.deepEqual(told.map(({ type }) => type).toSorted(), ['run.created', 'run.succeeded']);
  for (const { headers, body, url } of sender.sent) {
    assert.equal(url, 'https://example.com/hook');
    assert.equal(headers['content-type'], 'application/cloudevents+json; charset=utf-8');
    // The clock of the test stands in the past, which the library would refuse.
    const at = { ...headers, 'webhook-timestamp': headers['webhook-timestamp'] ?? '' };
    const [signature] = (at['webhook-signature' as keyof typeof at] ?? '').split(' ');
    const timestamp = new Date(Number(at['webhook-timestamp']) * 1_000);
    assert.equal(new Webhook(secret).sign(headers['webhook-id'] ?? '', timestamp, body), signature);
    assert.ok(!body.includes('output'), 'what a run gives back is nobody’s who is only told of it');
  }
  const { items } = await listDeliveries(app, ann, webhook.webhook, {});
  assert.deepEqual(
    items.map(({ status, attempts, last, run }) => [status, attempts, last?.status, run]),
    [
      ['delivered', 1, 204, someRun.run],
      ['delivered', 1, 204, someRun.run],
    ],
  );
});

test('a failure is tried again under the same id, later and later, until it is given up', async (context) => {
  const { app, sender, clock } = working(context, () => ({ status: 500, body: 'broken' }));
  const { webhook } = (await hook(app)).webhook;
  await publish(app, '1.0.0');
  await settled();
  for (let hour = 0; hour < 72; hour += 1) {
    for (let minute = 0; minute < 60; minute += 1) {
      clock.advance(60_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await settled();
  }
  assert.equal(sender.sent.length, 10);
  assert.equal(new Set(idsOf(sender.sent)).size, 1);
  const [dead] = (await listDeliveries(app, ann, webhook, { status: 'dead' })).items;
  assert.deepEqual(
    [dead?.attempts, dead?.last?.error, dead?.last?.answer],
    [10, 'It answered 500', 'broken'],
  );
});

test('a receiver that asks for a pause is given it', async (context) => {
  const { app, sender, clock } = working(context, () => ({ status: 429, body: '', retryAfterMs: 600_000 }));
  await hook(app);
  await publish(app, '1.0.0');
  await settled();
  clock.advance(599_000);
  await settled();
  assert.equal(sender.sent.length, 1);
  clock.advance(31_000);
  await settled();
  assert.equal(sender.sent.length, 2);
});

test('who is slow or fails holds up nobody else', async (context) => {
  const never = new Promise<WebhookAnswer>(() => {});
  const { app, sender } = working(context, ({ url }) =>
    url.includes('slow') ? never : { status: 200, body: '' },
  );
  await hook(app, { url: 'https://slow.example/' });
  await hook(app, { url: 'https://quick.example/' });
  for (let count = 0; count < 30; count += 1) await publish(app, `1.0.${count}`);
  await settled();
  const to = (name: string) => sender.sent.filter(({ url }) => url.includes(name)).length;
  assert.deepEqual([to('quick'), to('slow')], [30, 4]);
});

/** As many webhooks and messages for each as no tenant may have under way. */
async function flood(app: App, tenant: string) {
  const owner = { ...ann, tenant };
  const wanted = { url: `https://${tenant}.example/`, events: ['agent.published' as const] };
  for (let count = 0; count < 40; count += 1) await addWebhook(app, owner, wanted);
  for (let count = 0; count < 5; count += 1) await tell(app, tenant, `1.0.${count}`);
}

const tell = (app: App, tenant: string, number: string) =>
  publishAgent(app, { ...ann, tenant }, { agent: 'greeter', number, bundle: 'export default 1' });

test('tenants whose webhooks never answer leave room for others, and lanes take turns', async (context) => {
  const answers: (() => void)[] = [];
  const { app, sender } = working(context, ({ url }) =>
    url.includes('third')
      ? { status: 200, body: '' }
      : new Promise((resolve) => answers.push(() => resolve({ status: 200, body: '' }))),
  );
  const to = (name: string) => sender.sent.filter(({ url }) => url.includes(name)).length;
  for (const tenant of ['first', 'second']) await flood(app, tenant);
  const third = { ...ann, tenant: 'third' };
  await addWebhook(app, third, { url: 'https://third.example/', events: ['agent.published'] });
  await tell(app, 'third', '1.0.0');
  await settled();
  assert.deepEqual([to('first'), to('second'), to('third')], [64, 64, 1]);
  for (const tenant of ['fourth', 'fifth']) await flood(app, tenant);
  await tell(app, 'third', '1.0.1');
  await settled();
  assert.deepEqual([sender.sent.length, to('third')], [257, 1], 'no room is left');
  answers[0]?.();
  await settled();
  assert.equal(to('third'), 2, 'who waits is before who has just been served');
});

test('a receiver that says it is gone is sent nothing more', async (context) => {
  const { app, sender, clock } = working(context, () => ({ status: 410, body: '' }));
  const { webhook } = (await hook(app)).webhook;
  await publish(app, '1.0.0');
  await settled();
  assert.deepEqual([(await getWebhook(app, ann, webhook)).status, sender.sent.length], ['disabled', 1]);
  await publish(app, '1.0.1');
  clock.advance(86_400_000);
  await settled();
  assert.equal(sender.sent.length, 1);
  const { items } = await listDeliveries(app, ann, webhook, {});
  assert.deepEqual(
    items.map(({ status }) => status),
    ['dead'],
  );
  const replay = replayDelivery(app, ann, webhook, items[0]?.delivery ?? '');
  await assert.rejects(replay, { code: 'webhook.disabled' });
  await assert.rejects(testWebhook(app, ann, webhook), { code: 'webhook.disabled' });
});

test('for a day after a change two secrets sign, then the new one alone', async (context) => {
  const { app, sender, clock } = working(context);
  const first = await hook(app);
  const second = await changeWebhookSecret(app, ann, first.webhook.webhook);
  assert.notEqual(second.secret, first.secret);
  const signaturesOf = async (number: string): Promise<number> => {
    await publish(app, number);
    await settled();
    return sender.sent.at(-1)?.headers['webhook-signature']?.split(' ').length ?? 0;
  };
  assert.equal(await signaturesOf('1.0.0'), 2);
  clock.advance(24 * 3_600_000);
  assert.equal(await signaturesOf('1.0.1'), 1);
});

test('a secret that is changed twice within a day is good for its whole day', async (context) => {
  const { app, sender, clock } = working(context);
  const first = await hook(app);
  const { webhook } = first.webhook;
  await changeWebhookSecret(app, ann, webhook);
  clock.advance(3_600_000);
  await changeWebhookSecret(app, ann, webhook);
  await publish(app, '1.0.0');
  await settled();
  const { headers, body } = sender.sent.at(-1) as (typeof sender.sent)[number];
  const timestamp = new Date(Number(headers['webhook-timestamp']) * 1_000);
  const old = new Webhook(first.secret).sign(headers['webhook-id'] ?? '', timestamp, body);
  assert.ok(headers['webhook-signature']?.split(' ').includes(old));
  for (const _ of [3, 4]) await changeWebhookSecret(app, ann, webhook);
  await assert.rejects(changeWebhookSecret(app, ann, webhook), (error) =>
    isTandemError(error, 'limit.exceeded'),
  );
  clock.advance(24 * 3_600_000);
  const { previousSecrets } = (await changeWebhookSecret(app, ann, webhook)).webhook;
  assert.deepEqual(
    previousSecrets?.map(({ number }) => number),
    [5],
  );
});

test('a test is sent at once and answered with what came of it; a replay keeps its id', async (context) => {
  let status = 500;
  const { app, sender } = working(context, () => ({ status, body: '' }));
  const { webhook } = (await hook(app)).webhook;
  const failed = await testWebhook(app, ann, webhook);
  assert.deepEqual(
    [failed.event, failed.status, failed.last?.error],
    ['webhook.test', 'pending', 'It answered 500'],
  );
  status = 200;
  await replayDelivery(app, ann, webhook, failed.delivery);
  await settled();
  assert.equal((await getDelivery(app, ann, webhook, failed.delivery)).status, 'delivered');
  await replayDelivery(app, ann, webhook, failed.delivery);
  await settled();
  assert.deepEqual(idsOf(sender.sent), [failed.delivery, failed.delivery, failed.delivery]);
});

test('a replay that comes while it is being sent is not forgotten', async (context) => {
  const answers: ((answer: WebhookAnswer) => void)[] = [];
  const { app, sender } = working(context, () => new Promise((resolve) => answers.push(resolve)));
  const { webhook } = (await hook(app)).webhook;
  await publish(app, '1.0.0');
  await settled();
  const [sent] = (await listDeliveries(app, ann, webhook, {})).items;
  await replayDelivery(app, ann, webhook, sent?.delivery ?? '');
  answers[0]?.({ status: 500, body: '' });
  await settled();
  assert.equal(sender.sent.length, 2, 'sent again at once, not after a pause');
});

test('nothing is sent to a webhook that was removed, and its deliveries are nobody else’s', async (context) => {
  const { app, sender, clock } = working(context, () => ({ status: 500, body: '' }));
  const { webhook } = (await hook(app)).webhook;
  await publish(app, '1.0.0');
  await settled();
  const [known] = (await listDeliveries(app, ann, webhook, {})).items;
  const stranger = { ...ann, tenant: 'other' };
  const asked = [
    getWebhook(app, stranger, webhook),
    replayDelivery(app, stranger, webhook, known?.delivery ?? ''),
    testWebhook(app, stranger, webhook),
    removeWebhook(app, stranger, webhook),
    changeWebhookSecret(app, stranger, webhook),
  ];
  for (const ask of asked) await assert.rejects(ask, { code: 'resource.not-found' });
  // A webhook of one's own does not lead to another's deliveries.
  const own = (await addWebhook(app, stranger, { url: 'https://example.org/', events: ['run.failed'] }))
    .webhook;
  await assert.rejects(replayDelivery(app, stranger, own.webhook, known?.delivery ?? ''), {
    code: 'resource.not-found',
  });
  await removeWebhook(app, ann, webhook);
  clock.advance(86_400_000);
  await settled();
  assert.equal(sender.sent.length, 1);
  assert.deepEqual(await app.outbox.lanes(), []);
});

test('a rebuild from the audit log brings the same webhooks', async (context) => {
  const { app } = working(context);
  const changed = (await hook(app)).webhook.webhook;
  await changeWebhookSecret(app, ann, changed);
  const disabled = (await hook(app)).webhook;
  await disableWebhook(app, disabled, 'It is gone');
  await removeWebhook(app, ann, (await hook(app)).webhook.webhook);
  const before = await app.records.forTenant(ann.tenant).list('webhook');
  assert.deepEqual(
    before.map(({ status, secretNumber }) => [status, secretNumber]),
    [
      ['active', 2],
      ['disabled', 1],
    ],
  );
  await rebuild(app);
  assert.deepEqual(await app.records.forTenant(ann.tenant).list('webhook'), before);
});

test('no secret is in the audit log or in a record', async (context) => {
  const { app } = working(context);
  const { secret, webhook } = await hook(app);
  const changed = await changeWebhookSecret(app, ann, webhook.webhook);
  const { events } = await app.auditLog.forTenant(ann.tenant).read(0);
  const kept = JSON.stringify([events, await getWebhook(app, ann, webhook.webhook)]);
  for (const text of [secret, changed.secret, 'whsec_', secret.slice(6)]) assert.ok(!kept.includes(text));
});

test('a tenant without webhooks makes no deliveries, and one has a limit', async (context) => {
  const { app } = working(context);
  await begin(app);
  assert.deepEqual(await app.outbox.lanes(), []);
  assert.ok(await app.runs.exists(someRun.tenant, someRun.run));
  for (let count = 0; count < 50; count += 1) await hook(app);
  await assert.rejects(hook(app), { code: 'limit.exceeded' });
});
