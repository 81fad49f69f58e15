import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson, sha256 } from './canonical.ts';
import { chainStart, eventHash, payloadDigest, sealEvent } from './chain.ts';
import type { Envelope, RunEvent } from './events.ts';

const text = fc.string({ unit: 'grapheme' });

const envelopes: fc.Arbitrary<Envelope> = fc.record({
  v: fc.nat(),
  id: text,
  tenant: text,
  run: text,
  seq: fc.nat(),
  type: fc.constantFrom('run.created', 'run.paused'),
  at: text,
  by: text,
  prev: text,
  digest: text,
});

test('the hash of an event is that of the canonical JSON of its envelope', () => {
  fc.assert(
    fc.property(envelopes, fc.string(), fc.jsonValue(), (envelope, salt, payload) => {
      const event = { payload, salt, ...envelope } as RunEvent;
      assert.equal(eventHash(event), sha256(canonicalJson(envelope)));
    }),
  );
});

test('a sealed event links to the one before it and covers its payload', () => {
  const position = { tenant: 'acme', run: 'run_1', seq: 4, hash: 'e'.repeat(64) };
  const draft = { type: 'run.paused', by: 'user:ann', payload: { reason: 'lunch' } } as const;
  const event = sealEvent(draft, position, { id: 'evt_5', at: '2026-01-01T00:00:00.000Z', salt: 'ab' });
  assert.equal(event.seq, 5);
  assert.equal(event.prev, position.hash);
  assert.equal(event.digest, sha256('ab{"reason":"lunch"}'));
  assert.equal(event.digest, payloadDigest('ab', JSON.parse(JSON.stringify(event.payload))));
  assert.equal(chainStart, '0'.repeat(64));
});

test('the salt hides what an erased payload was', () => {
  assert.notEqual(payloadDigest('a', { answer: 1 }), payloadDigest('b', { answer: 1 }));
});
