import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** As much of SQS as a task with `.waitForTaskToken` needs: it takes messages and tells what was in them. */
export interface FakeQueue {
  readonly url: string;
  close(): Promise<void>;
}

/** `taken`: told of the body of every message, before its sender is answered. */
export async function fakeQueue(taken: (body: string) => void): Promise<FakeQueue> {
  let messages = 0;
  const server = createServer(async (request, response) => {
    const { MessageBody: body } = JSON.parse(await text(request)) as { readonly MessageBody: string };
    taken(body);
    messages += 1;
    const MD5OfMessageBody = createHash('md5').update(body).digest('hex');
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify({ MessageId: `message-${messages}`, MD5OfMessageBody }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
