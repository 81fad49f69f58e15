import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { createMemoryJournal } from './journal/memory.ts';
import { scheduleRetention } from './retention.ts';
import { Harness } from './testing/harness.ts';

const dayMs = 24 * 3_600_000;
const pass = { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } };
const wait = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 100 * 86_400, End: true } } };

async function open(context: TestContext, definition: object, days: number) {
  const journal = createMemoryJournal();
  const harness = await Harness.open({ definition, journal });
  const errors: unknown[] = [];
  const onError = (error: unknown): void => void errors.push(error);
  const stop = scheduleRetention({ journal, clock: harness.clock, days, onError });
  context.after(async () => {
    stop();
    await harness.stepFunctions.close();
  });
  const pass = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= dayMs) {
      harness.clock.advance(Math.min(left, dayMs));
      await new Promise(setImmediate);
    }
  };
  return { journal, harness, errors, pass, stop };
}

describe('retention', () => {
  test('an execution is kept for its days after the end, and its name with it', async (context) => {
    const { harness, journal, pass: days } = await open(context, pass, 90);
    await harness.start({}, 'kept');
    await harness.quiet('kept');
    assert.equal(harness.describe('kept').status, 'SUCCEEDED');
    await days(89 * dayMs);
    assert.equal((await harness.start({}, 'kept')).outcome, 'closed');
    await days(2 * dayMs);
    assert.equal(journal.find('machine', 'kept'), undefined);
    assert.equal((await harness.start({}, 'kept')).outcome, 'started');
  });

  test('what runs is kept, however old it is', async (context) => {
    const { harness, pass: days } = await open(context, wait, 1);
    await harness.start({}, 'long');
    await days(99 * dayMs);
    assert.equal(harness.describe('long').status, 'RUNNING');
  });

  test('thousands are dropped in one look', async (context) => {
    const { harness, journal, pass: days } = await open(context, pass, 1);
    await Promise.all(Array.from({ length: 2_500 }, (_, index) => harness.start({}, `e${index}`)));
    await harness.quiet('e2499');
    await days(2 * dayMs);
    await new Promise(setImmediate);
    assert.deepEqual(
      journal.list({ machine: 'machine', status: undefined, before: undefined, limit: 1 }),
      [],
    );
  });

  test('what fails is told and tried again, and nothing is done after the stop', async (context) => {
    const { harness, journal, errors, stop, pass: days } = await open(context, pass, 1);
    await harness.start({}, 'once');
    await harness.quiet('once');
    const prune = journal.prune.bind(journal);
    journal.prune = () => {
      throw new Error('The disk is full.');
    };
    await days(2 * dayMs);
    assert.match(String(errors[0]), /full/);
    journal.prune = prune;
    stop();
    await days(2 * dayMs);
    assert.equal(journal.find('machine', 'once')?.status, 'SUCCEEDED');
  });
});
