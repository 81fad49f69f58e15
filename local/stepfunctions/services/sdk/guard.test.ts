import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { AnswerTooLarge, guarded, maxAnswerBytes, StrangeHost } from './guard.ts';

const answering = (body: unknown, headers: Record<string, string> = {}) => ({
  handle: async () => ({ response: { body, headers } }),
});

const endpoint = new URL('http://127.0.0.1:4566');

describe('the guard of a client', () => {
  it('lets requests to the endpoint pass', async () => {
    const handler = guarded(answering(Readable.from([Buffer.from('yes')])), endpoint);
    const { response } = await handler.handle({ protocol: 'http:', hostname: '127.0.0.1', port: 4566 });
    assert.equal(await text(response.body as Readable), 'yes');
  });

  it('knows the port that a protocol implies', async () => {
    const handler = guarded(answering(undefined), new URL('https://aws.example'));
    await handler.handle({ protocol: 'https:', hostname: 'aws.example', port: 443 });
    await handler.handle({ protocol: 'https:', hostname: 'aws.example' });
  });

  for (const strange of [
    { protocol: 'https:', hostname: 'bucket.s3.amazonaws.com' },
    { protocol: 'http:', hostname: '127.0.0.1', port: 80 },
    { protocol: 'http:', hostname: 'x.127.0.0.1', port: 4566 },
  ]) {
    it(`stops a request to ${strange.hostname}:${strange.port ?? ''}`, async () => {
      let made = 0;
      const handler = guarded(
        { handle: async () => ({ response: { body: made++, headers: {} } }) },
        endpoint,
      );
      await assert.rejects(handler.handle(strange), StrangeHost);
      assert.equal(made, 0);
    });
  }

  it('ends an answer that says it is too large, or turns out to be', async () => {
    const own = { protocol: 'http:', hostname: '127.0.0.1', port: 4566 };
    const length = { 'content-length': String(maxAnswerBytes + 1) };
    await assert.rejects(
      guarded(answering(Readable.from(['x']), length), endpoint).handle(own),
      AnswerTooLarge,
    );
    const piece = Buffer.alloc(1_024 * 1_024);
    const pieces = Readable.from(Array.from({ length: 9 }, () => piece));
    const { response } = await guarded(answering(pieces), endpoint).handle(own);
    await assert.rejects(text(response.body as Readable), AnswerTooLarge);
  });
});
