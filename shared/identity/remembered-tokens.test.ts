import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RememberedTokens } from './remembered-tokens.ts';

const remembered = { principal: { tenant: 'acme', subject: 'alice', roles: [] }, expiresAt: 1 };

test('a token that is used stays, however many come by', () => {
  const tokens = new RememberedTokens(10);
  tokens.put('kept', remembered);
  for (let index = 0; index < 1_000; index++) {
    tokens.put(`passing ${index}`, remembered);
    assert.equal(tokens.get('kept'), remembered, `after ${index} others`);
  }
});

test('no more tokens are remembered than allowed', () => {
  const tokens = new RememberedTokens(10);
  for (let index = 0; index < 1_000; index++) tokens.put(`token ${index}`, remembered);
  const known = Array.from({ length: 1_000 }, (_, index) => tokens.get(`token ${index}`)).filter(Boolean);
  assert.ok(known.length <= 10, `${known.length} are remembered`);
  assert.ok(tokens.get('token 999'));
});

test('a token that is forgotten is gone from both halves', () => {
  const tokens = new RememberedTokens(2);
  tokens.put('a', remembered);
  tokens.put('b', remembered);
  assert.ok(tokens.get('a'));
  tokens.forget('a');
  assert.equal(tokens.get('a'), undefined);
});
