import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server as HttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { after, describe, test } from 'node:test';
import { HttpsWebhookSender, type WebhookSenderOptions } from '../../shared/egress/https-webhook-sender.ts';
import { isTandemError } from '../../shared/errors/tandem-error.ts';

const open: (HttpServer | Server)[] = [];
after(() => {
  for (const server of open) {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
  }
});

/** A server on this machine, and how often somebody has come to it. */
async function receiver(answer: RequestListener): Promise<{ port: number; visits(): number }> {
  let visits = 0;
  const server = createServer(answer);
  server.on('connection', () => {
    visits += 1;
  });
  return { port: await listening(server), visits: () => visits };
}

async function listening(server: HttpServer | Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push(server);
  return (server.address() as AddressInfo).port;
}

/** One that speaks for itself, below HTTP. */
const speaking = (answer: (socket: Socket) => void): Promise<number> =>
  listening(
    createTcpServer((socket) => {
      // Whoever sends may leave in the middle.
      socket.on('error', () => socket.destroy());
      answer(socket);
    }),
  );

const message = { headers: { 'content-type': 'application/json' }, body: '{}' };

const send = (url: string, options: WebhookSenderOptions = {}) =>
  new HttpsWebhookSender(options).send({ url, ...message });

async function refusalOf(url: string): Promise<string | undefined> {
  try {
    await new HttpsWebhookSender().check(url);
    return undefined;
  } catch (error) {
    assert.ok(isTandemError(error, 'webhook.address'), String(error));
    return error.message;
  }
}

/** Ways to write addresses that only this machine, or its networks, may reach. */
const disguises = [
  'https://127.0.0.1/',
  'https://127.1/',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://0x7f.0.0.1/',
  'https://0177.0.0.1/',
  'https://017700000001/',
  'https://%31%32%37.0.0.1/',
  'https://127。0。0。1/',
  'https://①②⑦.⓪.⓪.①/',
  'https://0/',
  'https://0.0.0.0/',
  'https://[::1]/',
  'https://[::]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:7f00:1]/',
  'https://[::127.0.0.1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[2002:7f00:1::]/',
  'https://[fe80::1]/',
  'https://[fd00:ec2::254]/latest/meta-data/',
  'https://169.254.169.254/latest/meta-data/',
  'https://2852039166/latest/meta-data/',
  'https://0xa9fea9fe/',
  'https://10.0.0.1:8443/',
  'https://172.16.5.4/',
  'https://192.168.0.1/',
  'https://100.64.0.1/',
  'https://224.0.0.1/',
  'https://localhost/',
  'https://LOCALHOST./',
  'https://api.localhost/',
  'https://printer.local/',
  'https://metadata.google.internal/computeMetadata/v1/',
  'https://intranet/',
];

describe('webhooks reach nothing but the public internet', () => {
  for (const url of disguises) {
    test(`${url} is refused when it is given, and when something is to be sent`, async () => {
      assert.match((await refusalOf(url)) ?? 'taken', /not an address of the public internet/);
      const answer = await send(url, { timeoutMs: 2_000 });
      assert.match('error' in answer ? answer.error : 'sent', /not an address of the public internet/);
    });
  }

  for (const url of [
    'http://example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'gopher://example.com/',
    'unix:/run/docker.sock',
    'https://user:secret@example.com/',
    'https://example.com/#part',
    'https://exa mple.com/',
    'example.com/hook',
    '',
  ]) {
    test(`\`${url}\` is no address of a webhook`, async () => {
      assert.notEqual(await refusalOf(url), undefined);
    });
  }

  test('an ordinary address is taken', async () => {
    for (const url of [
      'https://example.com/hook?team=7',
      'https://8.8.8.8/',
      'https://hooks.example.com:8443/x',
    ]) {
      assert.equal(await refusalOf(url), undefined, url);
    }
  });

  test('a name that leads to a private address, among others, is refused and nobody is visited', async () => {
    const { port, visits } = await receiver((_, response) => response.end());
    for (const addresses of [
      ['127.0.0.1'],
      ['8.8.8.8', '127.0.0.1'],
      ['::ffff:127.0.0.1'],
      ['169.254.169.254'],
    ]) {
      const answer = await send(`https://rebound.example:${port}/`, { resolve: async () => addresses });
      assert.match('error' in answer ? answer.error : 'sent', /rebound\.example is not an address/);
      assert.ok(!JSON.stringify(answer).includes('169.254'), 'says nothing of where it leads');
    }
    assert.equal(visits(), 0);
  });

  test('the connection goes to the address that was checked, whatever the name leads to a moment later', async () => {
    const { port } = await receiver((_, response) => response.end('checked'));
    let looks = 0;
    const resolve = async () => {
      looks += 1;
      return looks === 1 ? ['127.0.0.1'] : ['127.0.0.2'];
    };
    const checked: string[] = [];
    const allows = (address: string) => {
      checked.push(address);
      return true;
    };
    // Not https, which a test has no certificate for: the request fails at the handshake, after it has been connected.
    const server = await receiver((_, response) => response.end());
    await send(`https://twice.example:${server.port}/`, { resolve, allows });
    assert.deepEqual([looks, checked], [1, ['127.0.0.1']]);
    assert.equal(server.visits(), 1);
    const answer = await send(`http://127.0.0.1:${port}/`, { private: true });
    assert.deepEqual(answer, { status: 200, body: 'checked' });
  });
});

describe('receivers cannot hold up or lead astray who sends', () => {
  test('a redirect is not followed', async () => {
    const target = await receiver((_, response) => response.end());
    const location = `http://127.0.0.1:${target.port}/`;
    const { port } = await receiver((_, response) => response.writeHead(307, { location }).end());
    const answer = await send(`http://127.0.0.1:${port}/`, { private: true });
    assert.equal('status' in answer && answer.status, 307);
    assert.equal(target.visits(), 0);
  });

  test('an endless answer is cut after a kilobyte', async () => {
    const { port } = await receiver((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(64 * 1_024)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    const answer = await send(`http://127.0.0.1:${port}/`, { private: true });
    assert.equal('body' in answer && answer.body.length, 1_024);
  });

  test('who does not answer, or never ends, is left after the time that there is', async () => {
    const silent = await speaking(() => {});
    const answer = await send(`http://127.0.0.1:${silent}/`, { private: true, timeoutMs: 100 });
    assert.deepEqual(answer, { error: 'No answer within 0.1 s' });
    const endless = await receiver((_, response) => response.writeHead(200).write('begun'));
    const begun = await send(`http://127.0.0.1:${endless.port}/`, { private: true, timeoutMs: 200 });
    assert.deepEqual(begun, { status: 200, body: 'begun' });
  });

  test('a name server that does not answer holds up nobody for longer than that', async () => {
    const answer = await send('https://slow.example/', {
      resolve: () => new Promise(() => {}),
      timeoutMs: 100,
    });
    assert.deepEqual(answer, { error: 'No answer within 0.1 s' });
  });

  test('huge or broken header fields are a failure like any other', async () => {
    const broken = await speaking((socket) => socket.end('HTTP/1.1 banana\r\n\r\n'));
    const huge = await speaking((socket) =>
      socket.end(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`),
    );
    for (const port of [broken, huge]) {
      const answer = await send(`http://127.0.0.1:${port}/`, { private: true });
      assert.match('error' in answer ? answer.error : 'sent', /could not be sent|was cut/);
    }
  });
});
