import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { sha256 } from '../../shared/domain/canonical.ts';
import { checksumHeader } from '../../shared/protocol/upload-headers.ts';
import { overHttp } from './fetched.ts';

test('who puts a text says which it is, as the store has signed the address for that one', async () => {
  const sent: { body: string; checksum: unknown }[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    sent.push({ body, checksum: request.headers['x-amz-checksum-sha256'] });
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await overHttp.put(`http://127.0.0.1:${(server.address() as AddressInfo).port}/passing`, 'a text');
  } finally {
    server.close();
  }
  const checksum = checksumHeader(sha256('a text'))['x-amz-checksum-sha256'];
  assert.deepEqual(sent, [{ body: 'a text', checksum }]);
});
