import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { VirtualClock } from '../../../shared/memory/virtual-clock.ts';
import type { Deadline } from './deadlines.ts';
import { Timers } from './timers.ts';

interface Named extends Deadline {
  readonly name: number;
}

const entries = (count: number): Named[] =>
  Array.from({ length: count }, (_, name) => ({ name, at: 0, place: -1 }));

describe('timers', () => {
  test('fire once each, in order, however they are set, moved and cleared', () => {
    const change = fc.record({ entry: fc.nat(9), at: fc.option(fc.integer({ min: 1, max: 1_000 })) });
    const property = fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
      const clock = new VirtualClock(0);
      const fired: { name: number; at: number }[] = [];
      const timers = new Timers<Named>(clock, ({ name }) => fired.push({ name, at: clock.now() }));
      const all = entries(10);
      const expected = new Map<number, number>();
      for (const { entry, at } of changes) {
        const named = all[entry] as Named;
        if (at === null) timers.clear(named);
        else timers.set(named, at);
        if (at === null) expected.delete(entry);
        else expected.set(entry, at);
      }
      clock.advance(2_000);
      assert.deepEqual(new Map(fired.map(({ name, at }) => [name, at])), expected);
      assert.equal(fired.length, expected.size);
      assert.deepEqual(
        fired.map(({ at }) => at),
        fired.map(({ at }) => at).sort((a, b) => a - b),
      );
    });
    fc.assert(property, { verbose: true });
  });

  test('nothing is left on the clock when nothing is set, or after closing', () => {
    const clock = new VirtualClock(0);
    const timers = new Timers<Named>(clock, () => assert.fail('Nothing is due.'));
    const [first, second] = entries(2) as [Named, Named];
    timers.set(first, 10);
    timers.clear(first);
    assert.equal(clock.advanceToNext(), false);
    timers.set(second, 20);
    timers.close();
    assert.equal(clock.advanceToNext(), false);
  });

  test('one that is due may set itself again', () => {
    const clock = new VirtualClock(0);
    const at: number[] = [];
    const timers = new Timers<Named>(clock, (entry) => {
      at.push(clock.now());
      if (at.length < 3) timers.set(entry, clock.now() + 5);
    });
    timers.set(entries(1)[0] as Named, 5);
    clock.advance(100);
    assert.deepEqual(at, [5, 10, 15]);
  });
});
