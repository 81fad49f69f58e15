import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryRunWatch } from './run-watch.ts';
import { VirtualClock } from './virtual-clock.ts';

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

function open() {
  const clock = new VirtualClock();
  const watch = new MemoryRunWatch(clock);
  const settled: string[] = [];
  const note = (name: string, wait: Promise<void>) => wait.then(() => settled.push(name));
  return { clock, watch, settled, note };
}

test('who waits is woken by the event waited for, of this run and tenant', async () => {
  const { watch, settled, note } = open();
  void note('wait', watch.beyond('acme', 'run_1', { after: 3, timeoutMs: 1_000 }));
  watch.appended('acme', 'run_1', 3, false);
  watch.appended('acme', 'run_2', 9, false);
  watch.appended('other', 'run_1', 9, false);
  await tick();
  assert.deepEqual(settled, []);
  watch.appended('acme', 'run_1', 4, false);
  await tick();
  assert.deepEqual(settled, ['wait']);
  assert.equal(watch.waiting, 0);
});

test('who waits for the end sleeps through everything else', async () => {
  const { watch, settled, note } = open();
  void note('end', watch.ended('acme', 'run_1', { timeoutMs: 1_000 }));
  watch.appended('acme', 'run_1', 4, false);
  await tick();
  assert.deepEqual(settled, []);
  watch.appended('acme', 'run_1', 5, true);
  await tick();
  assert.deepEqual(settled, ['end']);
});

test('what happened between a look and the wait is not missed, in whatever order it was told', async () => {
  const { watch } = open();
  watch.appended('acme', 'run_1', 5, true);
  watch.appended('acme', 'run_1', 4, false);
  await watch.beyond('acme', 'run_1', { after: 4, timeoutMs: 1_000 });
  await watch.ended('acme', 'run_1', { timeoutMs: 1_000 });
});

test('nobody waits longer than asked', async () => {
  const { clock, watch, settled, note } = open();
  void note('beyond', watch.beyond('acme', 'run_1', { after: 0, timeoutMs: 1_000 }));
  void note('ended', watch.ended('acme', 'run_1', { timeoutMs: 2_000 }));
  clock.advance(1_000);
  await tick();
  assert.deepEqual(settled, ['beyond']);
  clock.advance(1_000);
  await tick();
  assert.deepEqual(settled, ['beyond', 'ended']);
  assert.equal(watch.waiting, 0);
  await watch.ended('acme', 'run_1', { timeoutMs: 0 });
});

test('an abort ends the wait', async () => {
  const { watch } = open();
  const abort = new AbortController();
  const wait = watch.ended('acme', 'run_1', { timeoutMs: 1_000, signal: abort.signal });
  abort.abort();
  await wait;
  assert.equal(watch.waiting, 0);
  await watch.beyond('acme', 'run_1', { after: 0, timeoutMs: 1_000, signal: abort.signal });
});

test('many may wait for one run', async () => {
  const { watch } = open();
  const waits = Array.from({ length: 1_000 }, () =>
    watch.beyond('acme', 'run_1', { after: 0, timeoutMs: 1_000 }),
  );
  assert.equal(watch.waiting, 1_000);
  watch.appended('acme', 'run_1', 1, false);
  await Promise.all(waits);
  assert.equal(watch.waiting, 0);
});
