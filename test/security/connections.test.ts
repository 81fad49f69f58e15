import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, test } from 'node:test';
import { fakeApi } from '../support/fake-api.ts';
import { type OpenDoor, openDoor } from '../support/open-door.ts';
import { sendRaw, statusesOf } from '../support/raw-http.ts';
import { chunked, goodBody, head, inOneChunk, start, withLength } from './raw-request.ts';

const last = head(['GET /health HTTP/1.1', 'Host: localhost', 'Connection: close']);

/** A request that is refused, but whose end is beyond doubt: the next one on its connection is answered. */
const clear: Readonly<Record<string, readonly [number, (door: OpenDoor) => string]>> = {
  'no token': [401, () => head(['GET /v1/runs HTTP/1.1', 'Host: localhost'])],
  'no token, and a body': [
    401,
    () => head(['POST /v1/runs HTTP/1.1', 'Host: localhost', `Content-Length: ${last.length}`]) + last,
  ],
  'another type': [
    415,
    () =>
      head(['POST /v1/report HTTP/1.1', 'Host: localhost', 'Authorization: Ticket t.1', chunked]) +
      inOneChunk(last),
  ],
  'a body that is a request': [400, (door) => withLength(door, [], last)],
  'chunks that are a request': [400, (door) => start(door, [chunked], inOneChunk(last))],
  'a body for a route without one': [
    404,
    () => head(['GET /nowhere HTTP/1.1', 'Host: localhost', `Content-Length: ${last.length}`]) + last,
  ],
  'a body that is too large': [
    413,
    (door) => start(door, [chunked], inOneChunk(`"${'x'.repeat(6 * 1024 * 1024)}"`)),
  ],
};

describe('after a request that is refused, the next one on its connection is answered', () => {
  for (const [what, [status, request]] of Object.entries(clear)) {
    test(what, async () => {
      const { api, calls } = fakeApi();
      await using door = await openDoor({ api });
      const answers = await sendRaw(door.gateway.port, request(door) + last);
      assert.deepEqual(statusesOf(answers), [status, 200], answers);
      assert.deepEqual(calls, []);
    });
  }
});

/** What leaves open where a request ends: nothing behind it may be taken for another one. */
const unclear: Readonly<Record<string, (door: OpenDoor) => string>> = {
  'a chunk of more bytes than there are numbers': (door) => start(door, [chunked], `${'F'.repeat(17)}\r\n`),
  'a negative chunk': (door) => start(door, [chunked], '-1\r\n'),
  'a chunk with 0x': (door) => start(door, [chunked], `0x${inOneChunk(goodBody)}`),
  'a chunk with a space': (door) => start(door, [chunked], `13 \r\n${goodBody}\r\n0\r\n\r\n`),
  'chunks with bare line feeds': (door) => start(door, [chunked], `13\n${goodBody}\n0\n\n`),
  'an extension of a chunk of 20,000 characters': (door) =>
    start(door, [chunked], `13;a=${'b'.repeat(20_000)}\r\n${goodBody}\r\n0\r\n\r\n`),
  'a length behind the chunks': (door) =>
    start(door, [chunked], `13\r\n${goodBody}\r\n0\r\nContent-Length: 5\r\n\r\n`),
  'a coding that nobody knows': (door) =>
    start(door, ['Transfer-Encoding: gzip, chunked'], inOneChunk(goodBody)),
  'chunked twice': (door) => start(door, [chunked, chunked], inOneChunk(goodBody)),
  'a vertical tab before the coding': (door) =>
    start(door, ['Transfer-Encoding:\u000bchunked'], inOneChunk(goodBody)),
  'the coding called identity': (door) => start(door, ['Transfer-Encoding: identity'], goodBody),
  'a length of 400 digits': (door) => start(door, [`Content-Length: ${'9'.repeat(400)}`], goodBody),
  'a length in hexadecimal': (door) => start(door, ['Content-Length: 0x13'], goodBody),
  'an empty length': (door) => start(door, ['Content-Length:'], goodBody),
  'the same length twice': (door) => start(door, ['Content-Length: 19', 'Content-Length: 19'], goodBody),
};

describe('what leaves open where it ends is refused, and the connection closed', () => {
  for (const [what, request] of Object.entries(unclear)) {
    test(what, async () => {
      const { api, calls } = fakeApi();
      await using door = await openDoor({ api });
      const answers = await sendRaw(door.gateway.port, Buffer.from(request(door) + last, 'latin1'));
      const [first = 0, ...more] = statusesOf(answers);
      assert.ok(first >= 400 && first < 500, answers || 'no answer');
      assert.deepEqual(more, []);
      assert.match(answers, /connection: close/i);
      assert.deepEqual(calls, []);
    });
  }
});

test('a length beyond all bounds is 413 at once', async () => {
  await using door = await openDoor();
  const answers = await sendRaw(
    door.gateway.port,
    start(door, ['Content-Length: 9223372036854775808'], goodBody),
  );
  assert.deepEqual(statusesOf(answers), [413]);
});

test('a client that asks first is told to go on', async () => {
  await using door = await openDoor();
  const socket = connect(door.gateway.port, '127.0.0.1');
  socket.write(
    start(door, [`Content-Length: ${goodBody.length}`, 'Expect: 100-continue', 'Connection: close'], ''),
  );
  const [first] = (await once(socket, 'data')) as [Buffer];
  assert.match(first.toString(), /^HTTP\/1\.1 100 /);
  socket.write(goodBody);
  assert.deepEqual(statusesOf(await everything(socket)), [202]);
});

test('a header that drips in is 408, however often a byte comes', async () => {
  await using door = await openDoor({ gateway: { timeouts: { headers: 60, request: 60 } } });
  const socket = connect(door.gateway.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write('GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
  const dripping = setInterval(() => socket.write('a'), 5);
  const answer = await everything(socket).finally(() => clearInterval(dripping));
  assert.deepEqual(statusesOf(answer), [408]);
});

test('hundreds of connections that say nothing keep nobody else from being answered', async () => {
  await using door = await openDoor();
  const silent = Array.from({ length: 300 }, () => connect(door.gateway.port, '127.0.0.1'));
  await Promise.all(silent.map((socket) => once(socket, 'connect')));
  for (const socket of silent.slice(150)) socket.write('GET /health HTTP/1.1\r\nHost: local');
  assert.deepEqual(statusesOf(await sendRaw(door.gateway.port, last)), [200]);
  for (const socket of silent) socket.destroy();
});

test('an answer that nobody reads holds up nobody else', async () => {
  await using door = await openDoor();
  const deaf = connect(door.gateway.port, '127.0.0.1');
  deaf.on('error', () => undefined);
  deaf.pause();
  deaf.write(head(['GET /openapi.json HTTP/1.1', 'Host: localhost']).repeat(30));
  await once(deaf, 'connect');
  assert.deepEqual(statusesOf(await sendRaw(door.gateway.port, last)), [200]);
  deaf.destroy();
});

async function everything(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) text += chunk;
  return text;
}
