import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { signatureHeaders } from '../../shared/domain/webhooks/signature.ts';

type Verified = (
  headers: Readonly<Record<string, string>>,
  body: string,
  secret: string,
  now?: number,
) => unknown;

const guide = readFileSync(new URL('../../docs/guides/webhooks.md', import.meta.url), 'utf8');

test('the receiver of the guide takes what is signed, and nothing else', async () => {
  const [, source = ''] = /```js\n(.*?)```/s.exec(guide) ?? [];
  const module = (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as {
    verified: Verified;
  };
  const { verified } = module;
  const [secret, other] = ['whsec_c2VjcmV0', 'whsec_b3RoZXI='];
  const body = '{"type":"run.failed","text":"ä"}';
  const message = { id: 'dlv_1', timestamp: 1_795_867_200, body };
  const now = message.timestamp * 1_000;
  for (const secrets of [[secret], [other, secret]]) {
    assert.deepEqual(verified(signatureHeaders(message, secrets), body, secret, now), JSON.parse(body));
  }
  const headers = signatureHeaders(message, [secret]);
  const refused = [
    verified(headers, `${body} `, secret, now),
    verified(headers, body, other, now),
    verified({ ...headers, 'webhook-id': 'dlv_2' }, body, secret, now),
    verified(headers, body, secret, now + 600_000),
    verified({}, body, secret, now),
    verified({ ...headers, 'webhook-timestamp': 'x' }, body, secret, now),
    verified({ ...headers, 'webhook-signature': 'v1,' }, body, secret, now),
  ];
  assert.deepEqual(
    refused.filter((event) => event !== undefined),
    [],
  );
});

test('the guide names every event', async () => {
  const { webhookEvents } = await import('../../shared/domain/webhooks/events.ts');
  for (const event of webhookEvents) assert.ok(guide.includes(`\`${event}\``), event);
});
