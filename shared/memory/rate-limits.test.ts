import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isTandemError, type TandemError } from '../errors/tandem-error.ts';
import type { Principal } from '../ports/identity.ts';
import { MemoryRateLimits, type RateLimitOptions } from './rate-limits.ts';
import { TokenBuckets } from './token-buckets.ts';

const ann: Principal = { tenant: 'acme', subject: 'ann', roles: ['user'] };
const bob: Principal = { ...ann, subject: 'bob' };
const eve: Principal = { ...ann, tenant: 'other' };

/** Limits under a clock that stands still until it is moved. */
function limited(options: Partial<RateLimitOptions> = {}) {
  const clock = { now: 1_000_000 };
  const limits = new MemoryRateLimits({
    caller: 10,
    tenant: 15,
    stranger: 5,
    waiters: 2,
    elapsed: () => clock.now,
    ...options,
  });
  return { clock, limits };
}

function refusalOf(ask: () => unknown): TandemError {
  try {
    ask();
  } catch (error) {
    assert.ok(isTandemError(error, 'limit.rate'), String(error));
    return error;
  }
  assert.fail('it was let in');
}

/** How many are let in before one is refused, at most 1,000. */
function letIn(ask: () => unknown): number {
  for (let count = 0; count < 1_000; count += 1) {
    try {
      ask();
    } catch {
      return count;
    }
  }
  return 1_000;
}

test('a caller may ask for two seconds at once, then at the rate', () => {
  const { clock, limits } = limited();
  assert.equal(
    letIn(() => limits.caller(ann)),
    20,
  );
  assert.deepEqual(refusalOf(() => limits.caller(ann)).details, { retryAfter: 1 });
  clock.now += 100;
  assert.equal(
    letIn(() => limits.caller(ann)),
    1,
  );
  clock.now += 60_000;
  assert.equal(
    letIn(() => limits.caller(ann)),
    20,
  );
});

test('callers of one tenant share its limit, and other tenants have their own', () => {
  const { limits } = limited();
  assert.equal(
    letIn(() => limits.caller(ann)),
    20,
  );
  assert.equal(
    letIn(() => limits.caller(bob)),
    10,
  );
  assert.match(refusalOf(() => limits.caller(bob)).message, /this tenant/);
  assert.equal(
    letIn(() => limits.caller(eve)),
    20,
  );
});

test('an address without a credential has a limit of its own', () => {
  const { limits } = limited();
  assert.equal(
    letIn(() => limits.stranger('10.0.0.1')),
    10,
  );
  assert.equal(
    letIn(() => limits.stranger('10.0.0.2')),
    10,
  );
  limits.caller(ann);
});

test('what is off is not limited', () => {
  const { limits } = limited({ caller: undefined, tenant: undefined, stranger: undefined });
  assert.equal(
    letIn(() => limits.caller(ann)),
    1_000,
  );
  assert.equal(
    letIn(() => limits.stranger('10.0.0.1')),
    1_000,
  );
});

test('so many may wait at once; whoever leaves makes room, once', () => {
  const { limits } = limited();
  const leave = limits.waiter(ann);
  limits.waiter(ann);
  refusalOf(() => limits.waiter(ann));
  limits.waiter(bob);
  leave();
  leave();
  limits.waiter(ann);
  assert.match(refusalOf(() => limits.waiter(ann)).message, /wait for news/);
});

test('however requests come, never more than burst and rate together are let in', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(gaps, fc.integer({ min: 1, max: 50 }), (waits, rate) => {
      const buckets = new TokenBuckets({ rate, burst: 2 * rate });
      let now = 0;
      let taken = 0;
      for (const wait of waits) {
        now += wait;
        const missing = buckets.take('key', now);
        assert.ok(missing >= 0);
        if (missing > 0) assert.equal(buckets.take('key', now + missing), 0, 'as long as it says');
        if (missing > 0) now += missing;
        taken += 1;
        assert.ok(taken <= 2 * rate + (now / 1_000) * rate + 1e-6);
      }
    }),
    { verbose: true },
  );
});

test('being counted costs a few microseconds at most', () => {
  const { limits } = limited({ caller: 1_000_000, tenant: 1_000_000 });
  const times = 20_000;
  const best = Math.min(
    ...Array.from({ length: 5 }, () => {
      const began = performance.now();
      for (let count = 0; count < times; count += 1) limits.caller(ann);
      return ((performance.now() - began) * 1_000) / times;
    }),
  );
  assert.ok(best < 3, `${best} µs`);
});

test('a stranger with many addresses of one IPv6 network is one', () => {
  const { limits } = limited();
  let next = 0;
  const count = letIn(() => {
    next += 1;
    limits.stranger(`2001:db8::${next.toString(16)}`);
  });
  assert.equal(count, 10);
});
