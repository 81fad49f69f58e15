import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { later } from './later.ts';

interface Port {
  readonly kind: string;
  twice(value: number): Promise<number>;
}

const port: Port = { kind: 'loaded', twice: async (value) => 2 * value };

describe('a port whose adapter comes later', () => {
  it('loads it with the first call, once', async () => {
    let loads = 0;
    const lazy = later<Port>(async () => {
      loads += 1;
      return port;
    });
    assert.equal(loads, 0);
    assert.deepEqual(await Promise.all([lazy.twice(1), lazy.twice(2)]), [2, 4]);
    assert.equal(loads, 1);
  });

  it('tells what is known without it, and can be awaited', async () => {
    const lazy = later<Port>(() => Promise.reject(new Error('It was loaded')), { kind: 'known' });
    assert.equal((await lazy).kind, 'known');
  });

  it('tries again after it could not be loaded', async () => {
    let loads = 0;
    const lazy = later<Port>(async () => {
      loads += 1;
      if (loads === 1) throw new Error('Not now');
      return port;
    });
    await assert.rejects(lazy.twice(1), { message: 'Not now' });
    assert.equal(await lazy.twice(1), 2);
  });
});
