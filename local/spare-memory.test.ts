import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { VirtualClock } from '../shared/memory/virtual-clock.ts';
import { giveBackSpareMemory, type HeapOwner, thisProcess } from './spare-memory.ts';

const mega = 1024 * 1024;

/** A process with a heap of so many bytes, and the clock it lives by. */
function processOf(heap: number) {
  const clock = new VirtualClock();
  const seen = { cpu: 0, collections: 0 };
  const owner: HeapOwner = {
    cpuMs: () => seen.cpu,
    heapBytes: () => heap,
    collect: () => {
      seen.collections += 1;
      seen.cpu += 150;
    },
  };
  const stop = giveBackSpareMemory(clock, owner);
  /** Ten seconds go by, of which so many milliseconds are spent on work. */
  const pass = (workMs: number): void => {
    seen.cpu += workMs;
    clock.advanceToNext();
  };
  return { clock, seen, stop, pass };
}

describe('spare memory', () => {
  test('is given back once, when work is over', () => {
    const { seen, pass } = processOf(200 * mega);
    pass(5_000);
    pass(5_000);
    assert.equal(seen.collections, 0, 'not while it works');
    pass(20);
    assert.equal(seen.collections, 1);
    pass(20);
    pass(20);
    assert.equal(seen.collections, 1, 'not again for nothing');
    pass(300);
    pass(20);
    assert.equal(seen.collections, 2, 'again after more work');
  });

  test('is not worth a pause where there is little', () => {
    const { seen, pass } = processOf(40 * mega);
    pass(5_000);
    pass(20);
    assert.equal(seen.collections, 0);
  });

  test('is nobody’s business once that has ended', () => {
    const { clock, stop } = processOf(200 * mega);
    stop();
    assert.equal(clock.advanceToNext(), false);
  });

  test('of a real process is smaller after a collection', () => {
    const owner = thisProcess();
    let kept: unknown[] | undefined = Array.from({ length: 2_000_000 }, (_, at) => ({ at }));
    const grown = owner.heapBytes();
    assert.ok(kept.length > 0 && grown > 64 * mega);
    kept = undefined;
    owner.collect();
    assert.ok(owner.heapBytes() < grown / 2, 'pages were given back');
    assert.equal(typeof globalThis.gc, 'undefined');
  });
});
