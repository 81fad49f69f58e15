import assert from 'node:assert/strict';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { selfSigned } from '../../local/tls/self-signed.ts';
import { send } from './http.ts';
import { trustOnly } from './trust.ts';

test('only who shows the very certificate is the server, whatever names it bears', async (t) => {
  const [server, other] = await Promise.all([
    selfSigned(['tandem.example'], Date.now()),
    selfSigned(['127.0.0.1'], Date.now()),
  ]);
  const listening = createServer({ key: server.key, cert: server.certificate }, (_request, response) =>
    response.end('yes'),
  );
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  t.after(() => void listening.close());
  const url = `https://127.0.0.1:${(listening.address() as AddressInfo).port}/`;
  await assert.rejects(send(url, { method: 'GET' }));
  trustOnly(other.certificate);
  await assert.rejects(send(url, { method: 'GET' }));
  trustOnly(server.certificate);
  assert.equal((await send(url, { method: 'GET' })).body.toString(), 'yes');
});
