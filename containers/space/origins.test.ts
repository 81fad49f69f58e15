import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { send } from './http.ts';
import { connectElsewhere } from './origins.ts';

test('an origin is asked elsewhere, under the name it goes by', async (context) => {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(`${request.headers.host} ${request.url}`);
    response.end('here');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => {
    server.closeAllConnections();
    server.close();
    connectElsewhere({});
  });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  connectElsewhere({ 'http://tandem.invalid:4400': address });
  const { body } = await send('http://tandem.invalid:4400/blobs/a%20b?x=1', { method: 'GET' });
  assert.equal(body.toString(), 'here');
  await send(`${address}/straight`, { method: 'GET' });
  assert.deepEqual(heard, ['tandem.invalid:4400 /blobs/a%20b?x=1', `${new URL(address).host} /straight`]);
});
