import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TandemError } from '../errors/tandem-error.ts';
import type { Phase } from './failure.ts';
import { type Pace, PhaseError, retrying } from './retry.ts';

const server = { host: 'db.example', port: 5432, database: 'state', user: 'tandem' };

/** A time that passes only while somebody sleeps, and notes how long. */
function paced(random = 0.5): Pace & { readonly pauses: number[] } {
  const pauses: number[] = [];
  let now = 0;
  return {
    pauses,
    now: () => now,
    random: () => random,
    sleep: async (ms) => {
      pauses.push(ms);
      now += ms;
    },
  };
}

const answer = (code: string) => Object.assign(new Error(code), { severity: 'ERROR', code });

/** A client that fails in these ways, one after the other, and then succeeds. */
function failing(...failures: readonly (readonly [Phase, unknown])[]): () => Promise<string> {
  const left = [...failures];
  return async () => {
    const next = left.shift();
    if (next) throw new PhaseError(...next);
    return 'done';
  };
}

const deadlock = ['working', answer('40P01')] as const;
const reset = ['working', Object.assign(new Error(), { code: 'ECONNRESET' })] as const;
const refused = ['connecting', Object.assign(new Error(), { code: 'ECONNREFUSED' })] as const;

describe('attempts', () => {
  test('what was undone is done again, unchanged, after pauses of random length', async () => {
    const pace = paced();
    const attempted = await retrying(failing(deadlock, deadlock, deadlock), {
      server,
      patienceMs: 9e3,
      pace,
    });
    assert.deepEqual(attempted, { value: 'done', doubtful: false });
    assert.deepEqual(pace.pauses, [10, 20, 40], 'half of what they may be, doubling');
  });

  test('pauses may be any part of what they may be', async () => {
    for (const [random, pauses] of [
      [0, [0, 0]],
      [0.999, [19.98, 39.96]],
    ] as const) {
      const pace = paced(random);
      await retrying(failing(deadlock, deadlock), { server, patienceMs: 9e3, pace });
      assert.deepEqual(pace.pauses, pauses);
    }
  });

  test('after a lost answer, whoever asks is told that it may have been done', async () => {
    const { doubtful } = await retrying(failing(reset, refused, deadlock), {
      server,
      patienceMs: 9e3,
      pace: paced(),
    });
    assert.equal(doubtful, true);
  });

  test('six attempts fail, a seventh is not made', async () => {
    const six = Array.from({ length: 6 }, () => deadlock);
    const work = failing(...six);
    await assert.rejects(retrying(work, { server, patienceMs: 9e9, pace: paced() }), {
      code: 'store.unavailable',
      details: { store: 'postgres', host: 'db.example', port: 5432, code: '40P01' },
    });
    assert.equal(await work(), 'done');
  });

  test('a server that is not there yet is waited for as long as patience lasts', async () => {
    const pace = paced();
    const asleep = Array.from({ length: 32 }, () => refused);
    assert.equal((await retrying(failing(...asleep), { server, patienceMs: 25_000, pace })).value, 'done');
    assert.ok(pace.now() > 12_000);
    await assert.rejects(retrying(failing(...asleep), { server, patienceMs: 2_000, pace: paced() }), {
      code: 'store.unavailable',
    });
  });

  test('what is final is thrown at once', async () => {
    const pace = paced();
    const denied = failing(['connecting', answer('28P01')]);
    await assert.rejects(retrying(denied, { server, patienceMs: 9e3, pace }), { code: 'store.denied' });
    const ours = new TandemError('log.conflict');
    await assert.rejects(
      retrying(() => Promise.reject(ours), { server, patienceMs: 9e3, pace }),
      ours,
    );
    assert.deepEqual(pace.pauses, []);
  });
});
