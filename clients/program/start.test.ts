import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startGuest } from '../../shared/domain/program-bridge.ts';
import { start } from './start.ts';

test('a default export that is no function says so', async () => {
  for (const [program, description] of [
    ['a text', 'a text'],
    [5, '5'],
    [{ run: 1 }, '{"run":1}'],
  ] as const) {
    const guest = startGuest((bridge) => void start(bridge, program as never), {
      input: '1',
      seed: '',
      now: 5,
    });
    await new Promise(setImmediate);
    const end = guest.end();
    assert.ok(end?.kind === 'failed');
    assert.equal(
      end.message,
      `the default export of a program must be a function, and this one is ${description}`,
    );
  }
});
