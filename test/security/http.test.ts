import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ApiCall, fakeApi } from '../support/fake-api.ts';
import { type OpenDoor, openDoor } from '../support/open-door.ts';
import { sendRaw, statusesOf } from '../support/raw-http.ts';
import { goodBody as body, head as crlf, start } from './raw-request.ts';

/** What two readers could understand differently: where a request ends, whom it is for, who sends it. */
const ambiguous: Readonly<Record<string, (door: OpenDoor) => string>> = {
  'a length and chunks': (door) =>
    start(
      door,
      [`Content-Length: ${body.length}`, 'Transfer-Encoding: chunked'],
      `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
    ),
  'two different lengths': (door) =>
    start(door, ['Content-Length: 4', `Content-Length: ${body.length}`], body),
  'a list of lengths': (door) => start(door, [`Content-Length: ${body.length}, ${body.length}`], body),
  'a signed length': (door) => start(door, [`Content-Length: +${body.length}`], body),
  'a length with a letter': (door) => start(door, [`Content-Length: ${body.length}x`], body),
  'a negative length': (door) => start(door, ['Content-Length: -1'], body),
  'an unknown transfer coding': (door) => start(door, ['Transfer-Encoding: xchunked'], body),
  'chunked, but not last': (door) =>
    start(door, ['Transfer-Encoding: chunked, identity'], `0\r\n\r\n${body}`),
  'a space before the colon': (door) => start(door, [`Content-Length : ${body.length}`], body),
  'a folded field': (door) => start(door, ['X-Folded: a', ' Content-Length: 4'], body),
  'a bare line feed': (door) => start(door, ['X-Bare: a\nTransfer-Encoding: chunked'], `0\r\n\r\n${body}`),
  'a bare carriage return': (door) => start(door, [`X-Bare: a\rContent-Length: ${body.length}`], body),
  'a NUL in a field': (door) => start(door, ['X-Nul: a\0b', `Content-Length: ${body.length}`], body),
  'a chunk length that is none': (door) =>
    start(door, ['Transfer-Encoding: chunked'], `zz\r\n${body}\r\n0\r\n\r\n`),
  'a chunk longer than it says': (door) =>
    start(door, ['Transfer-Encoding: chunked'], `2\r\n${body}\r\n0\r\n\r\n`),
  'two hosts': (door) => start(door, ['Host: localhost', `Content-Length: ${body.length}`], body),
  'two identities': (door) =>
    start(door, ['Authorization: Bearer x', `Content-Length: ${body.length}`], body),
  'two content types': (door) =>
    start(door, ['Content-Type: text/plain', `Content-Length: ${body.length}`], body),
  'no host': () => crlf(['GET /health HTTP/1.1']),
  'HTTP/1.0 without a host': () => crlf(['GET /health HTTP/1.0']),
  'HTTP/3.0': () => crlf(['GET /health HTTP/3.0', 'Host: localhost']),
  'a whole address': () => crlf(['GET http://localhost/health HTTP/1.1', 'Host: localhost']),
  'an asterisk': () => crlf(['GET * HTTP/1.1', 'Host: localhost']),
  'a fragment': () => crlf(['GET /health#x HTTP/1.1', 'Host: localhost']),
  'a method nobody knows': () => crlf(['GETT /health HTTP/1.1', 'Host: localhost']),
  'fields larger than 16 KiB': () =>
    crlf(['GET /health HTTP/1.1', 'Host: localhost', `X-A: ${'a'.repeat(20_000)}`]),
  'no HTTP at all': () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n',
};

for (const [name, request] of Object.entries(ambiguous)) {
  test(`a request is refused with 4xx: ${name}`, async () => {
    const { api, calls } = fakeApi();
    await using door = await openDoor({ api });
    const answers = await sendRaw(door.gateway.port, request(door));
    const [first = 0] = statusesOf(answers);
    assert.ok(first >= 400 && first < 500, answers || 'no answer');
    assert.doesNotMatch(answers, /\.ts:|node_modules|^\s+at /m);
    assert.deepEqual(calls, [] satisfies ApiCall[]);
  });
}

test('what stands behind a refused request is not taken for another one', async () => {
  const { api, calls } = fakeApi();
  await using door = await openDoor({ api });
  const smuggled = start(door, [`Content-Length: ${body.length}`], body);
  const answers = await sendRaw(
    door.gateway.port,
    start(door, ['Content-Length: 4', 'Transfer-Encoding: chunked'], `0\r\n\r\n${smuggled}`),
  );
  assert.deepEqual(statusesOf(answers), [400]);
  assert.deepEqual(calls, []);
});

test('a server on loopback answers to loopback names only', async () => {
  await using door = await openDoor();
  const ask = async (host: string) =>
    statusesOf(
      await sendRaw(door.gateway.port, crlf(['GET /health HTTP/1.1', `Host: ${host}`, 'Connection: close'])),
    )[0];
  for (const host of [
    'localhost',
    'localhost:4400',
    '127.0.0.1:80',
    '127.1.2.3',
    '[::1]:1',
    'tandem.localhost',
  ]) {
    assert.equal(await ask(host), 200, host);
  }
  for (const host of [
    'rebound.example',
    'localhost.example',
    'localhost:1@evil.example',
    '127.0.0.1.nip.example',
    '10.0.0.1',
    'xlocalhost',
    '[::2]',
    'localhost, evil.example',
  ]) {
    assert.equal(await ask(host), 421, host);
  }
});

test('a server that listens on every address takes any name', async () => {
  await using door = await openDoor({ gateway: { host: '0.0.0.0' } });
  const answer = await sendRaw(
    door.gateway.port,
    crlf(['GET /health HTTP/1.1', 'Host: tandem.example', 'Connection: close']),
  );
  assert.deepEqual(statusesOf(answer), [200]);
});

function unknownNames(count: number): string {
  const members = Array.from({ length: count }, (_, index) => `,"k${index}":1`);
  return `{"agent":"greeter"${members.join('')}}`;
}

const tricks: readonly [name: string, body: string][] = [
  ['a name twice', '{"agent":"greeter","agent":"other"}'],
  ['a name twice, once escaped', '{"agent":"greeter","\\u0061gent":"other"}'],
  ['__proto__', '{"agent":"greeter","__proto__":{"version":"1.0.0"}}'],
  ['__proto__ in the input', '{"agent":"greeter","input":{"__proto__":{"admin":true}}}'],
  ['constructor as a field of ours', '{"agent":"greeter","constructor":{}}'],
  ['depth', `{"agent":"greeter","input":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  [
    '__proto__, escaped, deep down',
    `{"agent":"greeter","input":${'['.repeat(60)}{"__\\u0070roto__":1}${']'.repeat(60)}}`,
  ],
  ['a number that is infinite', '{"agent":"greeter","input":{"a":1e999}}'],
  ['a whole number that would come out as another', '{"agent":"greeter","input":9007199254740993}'],
  ['a number of 400 digits', `{"agent":"greeter","input":[${'9'.repeat(400)}]}`],
  ['more names that nobody knows than a call may have arguments', unknownNames(200_000)],
  ['an unpaired surrogate', '{"agent":"greeter","input":"\\ud800"}'],
  ['comments', '{"agent":"greeter"/* really */}'],
  ['a byte order mark', `\ufeff${body}`],
  ['UTF-16', Buffer.from(body, 'utf16le').toString('latin1')],
  ['two bodies', body + body],
  ['an array', `[${body}]`],
  ['null', 'null'],
  ['a text', '"greeter"'],
];
for (const [name, trick] of tricks) {
  test(`a body is refused with 400: ${name}`, async () => {
    const { api, calls } = fakeApi();
    await using door = await openDoor({ api });
    const response = await door.request('POST', '/v1/runs', trick);
    const answer = await response.text();
    assert.equal(response.status, 400, answer);
    assert.match(answer, /"issues":\[\{"path":/);
    assert.doesNotMatch(answer, /\.ts:|node_modules|SyntaxError/);
    assert.deepEqual(calls, []);
  });
}

for (const [name, bytes] of Object.entries({
  'a slash in overlong UTF-8': [0xc0, 0xaf],
  'a NUL in overlong UTF-8': [0xc0, 0x80],
  'half a pair in UTF-8': [0xed, 0xa0, 0x80],
  'a character beyond the last': [0xf4, 0x90, 0x80, 0x80],
  'a character that is cut off': [0xe2, 0x82],
})) {
  test(`a body is refused with 400: ${name}`, async () => {
    const { api, calls } = fakeApi();
    await using door = await openDoor({ api });
    const text = Buffer.concat([Buffer.from('{"agent":"'), Buffer.from(bytes), Buffer.from('"}')]);
    const request = Buffer.from(start(door, [`Content-Length: ${text.length}`, 'Connection: close'], ''));
    const answer = await sendRaw(door.gateway.port, Buffer.concat([request, text]));
    assert.deepEqual(statusesOf(answer), [400], answer);
    assert.deepEqual(calls, []);
  });
}

test('names of parts of every object are data like any other in an input, and change nothing', async () => {
  const { api, calls } = fakeApi();
  await using door = await openDoor({ api });
  const input =
    '{"constructor":{"prototype":{"admin":true}},"toString":1,"hasOwnProperty":[{"valueOf":null}]}';
  const response = await door.request('POST', '/v1/runs', `{"agent":"greeter","input":${input}}`);
  assert.equal(response.status, 202);
  const [, , started] = calls[0] as ApiCall;
  assert.equal(JSON.stringify((started as { input: unknown }).input), input);
  assert.equal(({} as { admin?: boolean }).admin, undefined);
});

test('query parameters named like parts of every object are refused as any other', async () => {
  await using door = await openDoor();
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    const response = await door.request('GET', `/v1/runs?${name}=x`);
    assert.equal(response.status, 400, name);
  }
});

test('header fields named like parts of every object change nothing', async () => {
  await using door = await openDoor();
  for (const name of ['__proto__', 'constructor', 'toString']) {
    const response = await door.request('GET', '/v1/runs', undefined, { [name]: 'x' });
    assert.equal(response.status, 200, name);
  }
});

for (const path of [
  '/v1/runs/..',
  '/v1/runs/%2e%2e',
  '/v1/runs/..%2f..',
  '/v1/runs/run_%00',
  '/v1/runs/run_A',
  '/v1/runs/%',
]) {
  test(`a path is refused: ${path}`, async () => {
    await using door = await openDoor();
    const answers = await sendRaw(
      door.gateway.port,
      crlf([
        `GET ${path} HTTP/1.1`,
        'Host: localhost',
        `Authorization: Bearer ${door.issuer.token()}`,
        'Connection: close',
      ]),
    );
    assert.deepEqual(statusesOf(answers), [400]);
  });
}
