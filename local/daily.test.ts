import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLogger } from '../shared/logging/logger.ts';
import { daily } from './daily.ts';

test('it is done every day until it is ended, and again after it has failed', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const lines: string[] = [];
  const log = createLogger({ level: 'info', write: (line) => lines.push(line), now: () => 0 });
  let done = 0;
  const stop = daily(log, 'Renewing', async () => {
    done += 1;
    if (done === 1) throw new Error('no space');
  });
  const day = 24 * 3_600_000;
  t.mock.timers.tick(day - 1);
  assert.equal(done, 0);
  t.mock.timers.tick(1);
  t.mock.timers.tick(day);
  assert.equal(done, 2);
  await new Promise((resolve) => setImmediate(resolve));
  assert.match(lines.join(), /Renewing failed/);
  stop();
  t.mock.timers.tick(2 * day);
  assert.equal(done, 2);
});
