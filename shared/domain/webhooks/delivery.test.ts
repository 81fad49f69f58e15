import assert from 'node:assert/strict';
import { test } from 'node:test';
import { webhookEvent } from '../../protocol/webhooks.ts';
import { deliveryOf, pauseAfter } from './delivery.ts';
import { webhookEvents } from './events.ts';

const notice = {
  id: 'evt_01kah0000000000000000000aa',
  event: 'run.succeeded',
  at: '2026-11-21T02:30:00.000Z',
  subject: 'run_1',
  sequence: 12,
  data: { status: 'succeeded' },
} as const;

test('a delivery is a CloudEvent under an id of its own, the same for the same event', () => {
  const webhook = { tenant: 'acme & co', webhook: 'whk_01kah0000000000000000000bb' };
  const delivery = deliveryOf(notice, webhook, notice.at);
  assert.deepEqual(deliveryOf(notice, webhook, notice.at), delivery);
  assert.equal(delivery.delivery, 'dlv_01kah0000000000000000000aa-01kah0000000000000000000bb');
  assert.deepEqual(JSON.parse(delivery.body), {
    specversion: '1.0',
    id: notice.id,
    source: '/tenants/acme%20%26%20co',
    type: 'run.succeeded',
    subject: 'run_1',
    time: notice.at,
    datacontenttype: 'application/json',
    sequence: '0000000012',
    data: { status: 'succeeded' },
  });
});

test('pauses grow from five seconds to a day, a fifth more or less, and end after ten attempts', () => {
  const middle = Array.from({ length: 9 }, (_, index) => pauseAfter(index + 1, 0.5) ?? 0);
  assert.deepEqual([middle[0], middle.at(-1)], [5_000, 86_400_000]);
  for (const [index, pause] of middle.entries()) assert.ok(pause > (middle[index - 1] ?? 0));
  assert.deepEqual([pauseAfter(1, 0), pauseAfter(1, 1)], [4_000, 6_000]);
  assert.equal(pauseAfter(10, 0.5), undefined);
});

test('the wire names the events that there are', () => {
  assert.deepEqual(webhookEvent().options, webhookEvents);
});
