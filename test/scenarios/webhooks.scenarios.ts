import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Webhook } from 'standardwebhooks';
import type { Received } from '../support/webhook-receiver.ts';
import { operator, owner, platform, stranger } from './callers.ts';
import type { Caller } from './deployment.ts';
import type { Outage } from './outage.ts';
import { atOnce } from './pace.ts';
import { bundleOf, refused, type Twin } from './twin.ts';

const about = (subject: string, type: string) => (message: Received) =>
  message.event.subject === subject && message.event.type === type;

export function webhooks(twin: () => Twin): void {
  describe('webhooks', { concurrency: atOnce(4) }, () => {
    it('are told of runs and approvals, signed so that any library of the standard takes it', async () => {
      await using receiver = await twin().receiver();
      const client = await twin().client();
      const { webhook, secret } = await client.addWebhook({
        url: receiver.url,
        events: ['run.created', 'run.succeeded', 'approval.requested', 'approval.approved'],
      });
      const { run } = await twin().start('asking', {});
      const { approval } = await twin().approval(run);
      await client.approve(approval);
      await twin().ended(run);
      const told = await Promise.all([
        receiver.message(about(run, 'run.created')),
        receiver.message(about(approval, 'approval.requested')),
        receiver.message(about(approval, 'approval.approved')),
        receiver.message(about(run, 'run.succeeded')),
      ]);
      for (const { headers, body, event } of told) {
        assert.deepEqual(new Webhook(secret).verify(body, headers), event);
        assert.match(headers['content-type'] ?? '', /^application\/cloudevents\+json/);
      }
      const log = await twin().log(run);
      for (const { event } of told)
        assert.ok(log.some(({ id, type }) => id === event.id && type === event.type));
      await client.removeWebhook(webhook);
      await refused(client.getWebhook(webhook), 404, 'resource.not-found');
    });

    it('are told of what is published; a failure is shown and sent again when it is asked for', async () => {
      await using receiver = await twin().receiver();
      receiver.answer = 503;
      const client = await twin().client();
      const { webhook } = await client.addWebhook({ url: receiver.url, events: ['agent.published'] });
      await client.publishVersion('announced', { number: '1.0.0', bundle: await bundleOf('echoing') });
      const first = await receiver.message(about('announced', 'agent.published'));
      const id = first.headers['webhook-id'] ?? '';
      const failed = await twin().until(
        () => client.getDelivery(webhook, id),
        ({ attempts }) => attempts > 0,
      );
      assert.deepEqual([failed.status, failed.last?.status], ['pending', 503]);
      receiver.answer = 200;
      await client.replayDelivery(webhook, id);
      const again = await receiver.message(about('announced', 'agent.published'), 1);
      assert.equal(again.headers['webhook-id'], id);
      assert.equal(again.body, first.body);
      const { items } = await client.listDeliveries(webhook);
      assert.deepEqual(items.filter(({ delivery }) => delivery === id).length, 1);
      await client.removeWebhook(webhook);
    });

    it('are for admins; another tenant is told nothing and can replay nothing', async () => {
      await using receiver = await twin().receiver();
      const client = await twin().client();
      const { webhook } = await client.addWebhook({ url: receiver.url, events: ['run.succeeded'] });
      const { delivery, status } = await client.testWebhook(webhook);
      assert.equal(status, 'delivered');
      await refused((await twin().client(operator)).listWebhooks(), 403, 'auth.forbidden');
      const foreign = await twin().client(stranger);
      const own = await foreign.addWebhook({ url: receiver.url, events: ['run.failed'] });
      for (const through of [webhook, own.webhook]) {
        await refused(foreign.replayDelivery(through, delivery), 404, 'resource.not-found');
      }
      await foreign.removeWebhook(own.webhook);
      await client.removeWebhook(webhook);
      assert.equal(receiver.received.filter(({ event }) => event.type === 'webhook.test').length, 1);
    });
  });
}

/** Somebody in a tenant whose runs are nobody else's: who is told of them is not kept busy with others. */
async function aloneIn(twin: Twin, tenant: string): Promise<Caller> {
  await (await twin.client(platform)).createTenant({ tenant });
  return { ...owner, tenant };
}

/** What a power cut must not do to what webhooks are to be told. */
export function survivingWebhooks(twin: () => Twin, cut: Outage): void {
  cut.it('what was committed and not sent is sent', async (fail) => {
    const caller = await aloneIn(twin(), 'not-sent');
    const receiver = await twin().receiver();
    const client = await twin().client(caller);
    const { webhook } = await client.addWebhook({ url: receiver.url, events: ['run.succeeded'] });
    await receiver.close();
    const { run } = await twin().start('greeting', { name: 'Ada' }, { caller });
    await twin().ended(run, caller);
    await fail({ meanwhile: () => receiver.open() });
    await receiver.message(about(run, 'run.succeeded'));
    await (await twin().client(caller)).removeWebhook(webhook);
    await receiver.close();
  });

  cut.it('what was sent and not recorded is sent again, under the same id', async (fail) => {
    const caller = await aloneIn(twin(), 'not-recorded');
    await using receiver = await twin().receiver();
    receiver.answer = 'hold';
    const client = await twin().client(caller);
    const { webhook } = await client.addWebhook({ url: receiver.url, events: ['run.succeeded'] });
    const { run } = await twin().start('greeting', { name: 'Ada' }, { caller });
    const first = await receiver.message(about(run, 'run.succeeded'));
    await fail({
      meanwhile: async () => {
        receiver.answer = 204;
      },
    });
    const second = await receiver.message(about(run, 'run.succeeded'), receiver.received.indexOf(first) + 1);
    assert.equal(second.headers['webhook-id'], first.headers['webhook-id']);
    assert.equal(second.body, first.body);
    await (await twin().client(caller)).removeWebhook(webhook);
  });
}
