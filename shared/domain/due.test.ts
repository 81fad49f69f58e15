import assert from 'node:assert/strict';
import { test } from 'node:test';
import { History, history, time } from '../../test/simulation/history.ts';
import { checkAt, needsTidying } from './due.ts';

const seconds = 1_000;
const hour = 3_600 * seconds;
const end = (run: History) => run.add('run.succeeded', { output: { inline: 1 } });

test('a queued run is looked at soon: nobody else would start it', () => {
  assert.equal(checkAt(new History().state), time(5 * seconds));
});

test('a working run is looked at within a minute and a half of its last event', () => {
  const run = history();
  for (let count = 0; count < 100; count += 1) {
    run.record('file.read');
    const at = Date.parse(checkAt(run.state) ?? '') - Date.parse(run.state.at);
    assert.ok(at > 30 * seconds && at <= 60 * seconds, String(at));
  }
});

test('its time moves in steps, so that few appends rewrite it', () => {
  const run = history();
  run.now = 60 * seconds;
  const times = Array.from({ length: 20 }, () => {
    run.record('file.read');
    return checkAt(run.state);
  });
  assert.equal(new Set(times).size, 1);
});

test('a waiting run is looked at after its deadline, but also now and then', () => {
  const run = history();
  run.ask('sleep', { ms: 1 }, time(100 * seconds));
  assert.equal(checkAt(run.state), time(130 * seconds));
  const long = history();
  long.ask('signal.wait', { name: 'go' });
  assert.equal(checkAt(long.state), time(2 * seconds + hour));
  const paused = history();
  paused.add('run.paused', {});
  assert.equal(checkAt(paused.state), time(2 * seconds + hour));
});

test('an ended run is looked at only when its end concerns others', () => {
  const alone = history();
  end(alone);
  assert.equal(checkAt(alone.state), null);
  const child = history({ created: { parent: { run: 'run_p', operation: 1, depth: 1 } } });
  end(child);
  assert.equal(checkAt(child.state), time(32 * seconds));
  const parent = history();
  const operation = parent.ask('agent.call', { agent: 'other' });
  assert.equal(needsTidying(parent.state), true);
  parent.complete(operation);
  end(parent);
  assert.equal(checkAt(parent.state), null);
});
