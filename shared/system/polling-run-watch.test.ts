import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualClock } from '../memory/virtual-clock.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import type { EventLog } from '../ports/event-log.ts';
import { PollingRunWatch } from './polling-run-watch.ts';

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A log that somebody else writes, and the times at which it was looked at. */
function open() {
  const clock = new VirtualClock();
  const start = clock.now();
  const heads = new Map<string, { seq: number; signature?: object }>();
  const looks: number[] = [];
  let broken = false;
  const head = async (tenant: string, run: string) => {
    looks.push(clock.now() - start);
    if (broken) throw new Error('The store does not answer.');
    return heads.get(`${tenant} ${run}`);
  };
  const log = { forTenant: (tenant: string) => ({ head: (run: string) => head(tenant, run) }) };
  const auditLog = { forTenant: (tenant: string) => ({ head: () => head(tenant, 'audit log') }) };
  const watch = new PollingRunWatch({
    log: log as unknown as EventLog,
    auditLog: auditLog as unknown as AuditLog,
    audit: 'audit',
    clock,
  });
  /** Lets time go by in small steps, each followed by whatever it has set going. */
  const pass = async (ms: number) => {
    for (let step = 0; step < ms; step += 10) {
      clock.advance(10);
      await tick();
    }
  };
  const breakStore = (is: boolean) => {
    broken = is;
  };
  return { clock, watch, heads, looks, pass, breakStore };
}

/** Whether a wait is over. */
function noted(wait: Promise<void>) {
  const state = { over: false };
  void wait.then(() => {
    state.over = true;
  });
  return state;
}

test('looks come after growing pauses', async () => {
  const { watch, looks, pass } = open();
  void watch.beyond('acme', 'run_1', { after: 0, timeoutMs: 2_000 });
  await pass(3_000);
  assert.deepEqual(looks, [50, 150, 350, 750, 1_250, 1_750, 2_000]);
});

test('who waits is woken by an event beyond, of this run and tenant', async () => {
  const { watch, heads, pass } = open();
  heads.set('acme run_1', { seq: 3 });
  const wait = noted(watch.beyond('acme', 'run_1', { after: 3, timeoutMs: 10_000 }));
  heads.set('acme run_2', { seq: 9 });
  heads.set('other run_1', { seq: 9 });
  await pass(1_000);
  assert.equal(wait.over, false);
  heads.set('acme run_1', { seq: 4 });
  await pass(500);
  assert.equal(wait.over, true);
});

test('who waits for the end sleeps through everything else', async () => {
  const { watch, heads, pass } = open();
  const wait = noted(watch.ended('acme', 'run_1', { timeoutMs: 10_000 }));
  heads.set('acme run_1', { seq: 4 });
  await pass(1_000);
  assert.equal(wait.over, false);
  heads.set('acme run_1', { seq: 5, signature: {} });
  await pass(500);
  assert.equal(wait.over, true);
});

test('an audit log is waited for like a run', async () => {
  const { watch, heads, pass } = open();
  const wait = noted(watch.beyond('acme', 'audit', { after: 1, timeoutMs: 10_000 }));
  await pass(500);
  heads.set('acme audit log', { seq: 2 });
  await pass(500);
  assert.equal(wait.over, true);
});

test('nobody waits longer than asked', async () => {
  const { watch, looks, pass } = open();
  await watch.ended('acme', 'run_1', { timeoutMs: 0 });
  assert.deepEqual(looks, []);
  const wait = noted(watch.ended('acme', 'run_1', { timeoutMs: 700 }));
  await pass(690);
  assert.equal(wait.over, false);
  await pass(10);
  assert.equal(wait.over, true);
});

test('an abort ends the wait, and the looking', async () => {
  const { watch, looks, pass } = open();
  const abort = new AbortController();
  const wait = watch.ended('acme', 'run_1', { timeoutMs: 10_000, signal: abort.signal });
  await pass(100);
  abort.abort();
  await wait;
  await pass(1_000);
  assert.deepEqual(looks, [50]);
  await watch.beyond('acme', 'run_1', { after: 0, timeoutMs: 10_000, signal: abort.signal });
});

test('a store that does not answer is looked at again', async () => {
  const { watch, heads, pass, breakStore } = open();
  breakStore(true);
  const wait = noted(watch.beyond('acme', 'run_1', { after: 0, timeoutMs: 10_000 }));
  heads.set('acme run_1', { seq: 1 });
  await pass(1_000);
  assert.equal(wait.over, false);
  breakStore(false);
  await pass(500);
  assert.equal(wait.over, true);
});
