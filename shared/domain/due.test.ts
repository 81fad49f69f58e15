import assert from 'node:assert/strict';
import { test } from 'node:test';
import { History, history, time } from '../../test/simulation/history.ts';
import { checkAt, needsTidying } from './due.ts';

const seconds = 1_000;
const end = (run: History) => run.add('run.succeeded', { output: { inline: 1 } });

/** Seconds from the beginning of the log until the run is looked at; `null` when never. */
function dueAfter({ state }: History): number | null {
  const at = checkAt(state);
  return at === null ? null : (at - Date.parse(time(0))) / seconds;
}

test('a run that works or is queued is looked at within a minute of its last event', () => {
  const run = new History();
  for (let count = 0; count < 100; count += 1) {
    const after = (dueAfter(run) ?? 0) - count;
    assert.ok(after >= 30 && after <= 45, String(after));
    if (count === 0) run.carried();
    else run.record('file.read');
  }
});

test('its time moves in steps, so that few appends rewrite it', () => {
  const run = history();
  run.now = 60 * seconds;
  const times = Array.from({ length: 10 }, () => {
    run.record('file.read');
    return dueAfter(run);
  });
  assert.equal(new Set(times).size, 1);
});

test('a waiting run is looked at after its deadline, but also now and then', () => {
  const run = history();
  run.ask('sleep', { ms: 1 }, time(100 * seconds));
  assert.equal(dueAfter(run), 130);
  const long = history();
  long.ask('signal.wait', { name: 'go' });
  assert.equal(dueAfter(long), 3_602);
  const paused = history();
  paused.add('run.paused', {});
  assert.equal(dueAfter(paused), 3_602);
});

test('an ended run is looked at only when its end concerns others', () => {
  const alone = history();
  end(alone);
  assert.equal(dueAfter(alone), null);
  const child = history({ created: { parent: { run: 'run_p', operation: 1, depth: 1 } } });
  end(child);
  assert.equal(dueAfter(child), 32);
  const parent = history();
  const operation = parent.ask('agent.call', { agent: 'other' });
  assert.equal(needsTidying(parent.state), true);
  parent.complete(operation);
  end(parent);
  assert.equal(dueAfter(parent), null);
});
