import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { signatureHeaders } from './signature.ts';

/** As the specification of Standard Webhooks prints it. */
const published = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: 1_614_265_330,
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};

test('a signature is that of the published example', () => {
  const headers = signatureHeaders(published, [published.secret]);
  assert.deepEqual(headers, {
    'webhook-id': published.id,
    'webhook-timestamp': String(published.timestamp),
    'webhook-signature': published.signature,
  });
});

test('with two secrets, a receiver that knows either takes the message, and nobody else', () => {
  const [old, recent, other] = ['b2xk', 'cmVjZW50', 'b3RoZXI='].map((text) => `whsec_${text}`) as [
    string,
    string,
    string,
  ];
  const body = '{"id":"evt_1","text":"ä"}';
  const timestamp = Math.floor(Date.now() / 1_000);
  const headers = { ...signatureHeaders({ id: 'dlv_1-2', timestamp, body }, [recent, old]) };
  for (const secret of [old, recent]) {
    assert.deepEqual(new Webhook(secret).verify(body, headers), { id: 'evt_1', text: 'ä' });
    assert.throws(() => new Webhook(secret).verify(`${body} `, headers));
    assert.throws(() => new Webhook(secret).verify(body, { ...headers, 'webhook-id': 'dlv_1-3' }));
  }
  assert.throws(() => new Webhook(other).verify(body, headers));
});
