import assert from 'node:assert/strict';
import { test } from 'node:test';
import { longestReply } from '../../shared/protocol/program-function.ts';
import { answerQuestion } from './answer.ts';

test('a turn that is longer than any reply may be fails the run, since it would be as long the next time', async () => {
  // Two bytes each: a line of so many characters is none too long.
  const output = 'é'.repeat(longestReply / 2);
  const host = { forTenant: () => ({ next: async () => ({ kind: 'finished', output, requests: [] }) }) };
  const reply = await answerQuestion(
    { host: host as never, fetched: {} as never },
    {
      tenant: 'acme',
      run: { run: 'r', agent: 'a', version: 'b'.repeat(64), seed: 's', createdAt: '' },
      input: { inline: {} },
      bundle: { url: 'https://example.com', digest: 'c'.repeat(64) },
      count: 0,
      after: 0,
      answers: [],
      nonce: 'n',
    },
  );
  assert.ok(reply.kind === 'turn' && reply.turn.kind === 'failed');
  assert.match(reply.turn.error.message, /takes \d+ bytes, more than 33554432$/);
});
