import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { JsonData } from '../data-flow/json-data.ts';
import type { Journal } from '../journal/journal.ts';
import { createMemoryJournal } from '../journal/memory.ts';
import { packEvents, Texts } from './pack.ts';
import { readEvents } from './read.ts';
import type { NotedEvent } from './recorder.ts';

const input = JsonData.parse('{}');
const execution = { id: 1, input };

/** A journal with one execution whose transitions hold so many events each; counts what is unpacked. */
function journalOf(sizes: readonly number[]): { readonly journal: Journal; readonly unpacked: () => number } {
  const journal = createMemoryJournal();
  let lastEvent = 0;
  for (const [number, size] of sizes.entries()) {
    const noted: NotedEvent[] = Array.from({ length: size }, () => ({
      event: ['MapStateSucceeded'],
      previous: 0,
    }));
    const packed = packEvents(noted, lastEvent + 1, new Texts(input));
    lastEvent += size;
    const row = { machine: 'm', revision: 1, name: 'e', version: null, alias: null, startedAt: 0 };
    journal.write({
      started: number === 0 ? { id: 1, ...row, input: '{}' } : undefined,
      transition: { execution: 1, number, at: number, lastEvent, position: '', packed },
      ending: undefined,
    });
  }
  let unpacked = 0;
  const packed = journal.packed.bind(journal);
  journal.packed = (...which) => {
    unpacked += 1;
    return packed(...which);
  };
  return { journal, unpacked: () => unpacked };
}

test('a range holds its events, whatever transitions they lie in', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 12 });
  const bounds = fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }));
  const property = fc.property(sizes, bounds, (sizesOf, [from, to]) => {
    const { journal } = journalOf(sizesOf);
    const all = sizesOf.flatMap((size, number) => Array<number>(size).fill(number));
    const expected = all
      .map((at, index) => ({ id: index + 1, at }))
      .filter(({ id }) => id >= from && id <= to);
    const read = readEvents(journal, execution, { from, to });
    assert.deepEqual(
      read.map(({ id, at }) => ({ id, at })),
      expected,
    );
  });
  fc.assert(property, { verbose: true });
});

test('a page unpacks only the transitions that it lies in', () => {
  const { journal, unpacked } = journalOf(Array(1_000).fill(3));
  assert.equal(readEvents(journal, execution, { from: 1_501, to: 1_600 }).length, 100);
  assert.ok(unpacked() <= 35, `${unpacked()} transitions`);
});

test('an execution without transitions has no events', () => {
  assert.deepEqual(readEvents(createMemoryJournal(), execution, { from: 1, to: 10 }), []);
});
