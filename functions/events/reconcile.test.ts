import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { begin, memoryApp, someRun } from '../../test/support/memory-app.ts';
import { fedMessages, wiredInMemory } from '../../test/support/wired-in-memory.ts';
import { reconcileFunction } from './reconcile.ts';

/** A reconciler whose engine says that no execution is there; `asked`: the executions that it was asked about. */
async function reconciler() {
  const asked: string[] = [];
  const started: string[] = [];
  const engine = {
    describe: async (name: string): Promise<{ status: string }> => {
      asked.push(name);
      return { status: 'absent' };
    },
    start: async (name: string) => {
      started.push(name);
      return 'started';
    },
    forget: async () => {},
  };
  const app = { ...memoryApp(), engine: engine as never };
  await begin(app);
  const { wire, clock, dead, log } = wiredInMemory({ app });
  return { handle: reconcileFunction(wire), engine, asked, started, clock, dead, log };
}

const closed = (input: string | null) =>
  ({
    'detail-type': 'Step Functions Execution Status Change',
    detail: { executionArn: 'arn:aws:states:r:a:execution:m:e', input },
  }) as const;

describe('the reconciler', () => {
  it('looks at the run that a message names, and replaces an execution that is lost', async () => {
    const { handle, asked, started, dead } = await reconciler();
    assert.deepEqual(await handle(fedMessages([JSON.stringify(someRun)])), { batchItemFailures: [] });
    assert.equal(asked.length, 1);
    assert.equal(started.length, 1);
    assert.deepEqual(dead, []);
  });

  it('puts aside a message that names no run', async () => {
    const { handle, asked, dead } = await reconciler();
    await handle(fedMessages([JSON.stringify({ tenant: 'acme' })]));
    assert.deepEqual([asked, dead.length], [[], 1]);
  });

  it('looks at the run whose execution has closed, by its input', async () => {
    const { handle, asked } = await reconciler();
    await handle(closed(JSON.stringify({ ...someRun, generation: 1 })));
    assert.equal(asked.length, 1);
  });

  it('leaves executions of others to what is due, and says so', async () => {
    const { handle, asked, log } = await reconciler();
    for (const input of [null, '{', '{"some":"body"}']) await handle(closed(input));
    assert.deepEqual([asked, log.length], [[], 3]);
  });

  it('says of which runs it could not look at, and why, and fails', async () => {
    const { handle, engine, log } = await reconciler();
    engine.describe = () => Promise.reject(new Error('Throttled'));
    await assert.rejects(handle({ lost: true }), /1 runs could not be looked at/);
    const { error } = JSON.parse(log.at(-1) ?? '');
    const [{ message, cause }] = error.errors;
    assert.deepEqual([message, cause.message], [`${someRun.run} could not be looked at`, 'Throttled']);
  });

  it('looks each minute at what is due, and further ahead once the engine has lost what it had', async () => {
    const { handle, asked, clock } = await reconciler();
    await handle({ 'detail-type': 'Scheduled Event' });
    assert.equal(asked.length, 0);
    await handle({ lost: true });
    assert.equal(asked.length, 1);
    clock.advance(2 * 3_600_000);
    await handle({ 'detail-type': 'Scheduled Event' });
    assert.equal(asked.length, 2);
  });
});
