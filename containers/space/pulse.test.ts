import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type Pulse, Stopped, startPulse } from './pulse.ts';
import { Refused } from './report.ts';

type Say = Parameters<typeof startPulse>[0]['say'];

function pulseOf(
  context: TestContext,
  say: () => Promise<unknown>,
): { pulse: Pulse; pass(ms: number): Promise<void> } {
  context.mock.timers.enable({ apis: ['setInterval'] });
  const pulse = startPulse({ say: say as Say });
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 1_000) {
      context.mock.timers.tick(1_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { pulse, pass };
}

const unreachable = () => Promise.reject(new Error('ECONNREFUSED'));

test('work goes on as long as the server says so', async (context) => {
  const { pulse, pass } = pulseOf(context, async () => ({ next: 'continue' }));
  await pass(600_000);
  assert.equal(pulse.stop.aborted, false);
});

test('a server that says stop is obeyed with the next heartbeat', async (context) => {
  const { pulse, pass } = pulseOf(context, async () => ({ next: 'stop' }));
  await pass(5_000);
  assert.ok(pulse.stop.reason instanceof Stopped);
});

test('a ticket that is refused ends the work', async (context) => {
  const { pulse, pass } = pulseOf(context, () => Promise.reject(new Refused(401, 'expired')));
  await pass(5_000);
  assert.ok(pulse.stop.reason instanceof Refused);
});

test('a server that is away for less than twenty seconds is forgiven', async (context) => {
  let beats = 0;
  const { pulse, pass } = pulseOf(context, async () => {
    beats += 1;
    return beats % 4 === 0 ? { next: 'continue' } : unreachable();
  });
  await pass(300_000);
  assert.equal(pulse.stop.aborted, false);
});

test('a server that stays away ends the work soon after twenty seconds', async (context) => {
  const { pulse, pass } = pulseOf(context, unreachable);
  await pass(20_000);
  assert.equal(pulse.stop.aborted, false);
  await pass(5_000);
  assert.equal(pulse.stop.aborted, true);
});

test('a server that never answers is as good as away', async (context) => {
  const { pulse, pass } = pulseOf(context, () => new Promise(() => {}));
  await pass(25_000);
  assert.equal(pulse.stop.aborted, true);
});
