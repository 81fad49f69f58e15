import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { JumpingClock } from './jumping-clock.ts';

const year = 365 * 24 * 3_600_000;

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
};

describe('the clock that jumps', () => {
  test('reaches a timer in a year at once, and earlier ones before it', async () => {
    const clock = new JumpingClock(0);
    const rung: [string, number][] = [];
    await new Promise<void>((resolve) => {
      clock.at(year, () => {
        rung.push(['late', clock.now()]);
        resolve();
      });
      clock.at(1_000, () => rung.push(['early', clock.now()]));
    });
    assert.deepEqual(rung, [
      ['early', 1_000],
      ['late', year],
    ]);
  });

  test('stands still while it is held, and while somebody looks at it', async () => {
    const clock = new JumpingClock(0);
    let rung = false;
    clock.at(5, () => {
      rung = true;
    });
    const release = clock.hold();
    await turns(50);
    assert.equal(rung, false);
    release();
    release();
    for (let turn = 0; turn < 50; turn += 1) {
      assert.equal(clock.now(), 0);
      await turns(1);
    }
    assert.equal(rung, false);
    await turns(20);
    assert.equal(rung, true);
  });

  test('stands still where nothing is due, and goes on with the next timer', async () => {
    const clock = new JumpingClock(7);
    const cancel = clock.at(year, () => assert.fail('It was called off.'));
    cancel();
    await turns(50);
    assert.equal(clock.now(), 7);
    await new Promise<void>((resolve) => clock.at(9, resolve));
    assert.equal(clock.now(), 9);
  });
});
