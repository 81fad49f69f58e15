import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { atRest } from './at-rest.ts';
import { billOf, total } from './bill.ts';
import { countWorkload } from './count-workload.ts';
import { functionCount, noCounts } from './counts.ts';
import { billedMs } from './function-time.ts';
import { memoryOf as deployedMemory } from './memory-of.ts';
import { prices } from './prices.ts';
import { workloads } from './workloads.ts';

const memoryOf = () => 512;

describe('what a run costs', () => {
  it('is counted on the real run machine: four states for operations that one step does', async () => {
    const [inside, , , eachAStep] = workloads(3);
    assert.ok(inside && eachAStep);
    const counts = await countWorkload(inside);
    assert.equal(counts.transitions, 4);
    assert.equal(counts.apiRequests, 2);
    assert.equal(counts.functions.get('task-advance')?.invocations, 1);
    assert.ok((counts.functions.get('program')?.invocations ?? 0) >= 3, 'the program is asked again');
    // Prepare and Finish, and Advance and NextStep for each operation.
    assert.equal((await countWorkload(eachAStep)).transitions, 2 + 2 * 3);
  });

  it('grows with commands by the states that wait for them, and by their reports', async () => {
    const [, commands] = workloads(2);
    assert.ok(commands);
    const counts = await countWorkload(commands);
    assert.equal(counts.functions.get('space')?.invocations, 2);
    assert.equal(counts.functions.get('task-dispatch')?.invocations, 2);
    assert.ok((counts.functions.get('report')?.invocations ?? 0) >= 4, 'a claim and an outcome each');
    assert.ok(counts.transitions > 4);
  });

  it('is the sum of what was counted, times the price of each', () => {
    const counts = { ...noCounts(), transitions: 4, writeUnits: 100 };
    const bill = billOf(counts, { runs: 1_000, memoryOf });
    const usd = Object.fromEntries(bill.map(({ item, usd }) => [item, usd]));
    assert.equal(usd['stateTransition'], 4_000 * prices.stateTransition.usd);
    assert.equal(usd['writeUnit'], 100_000 * prices.writeUnit.usd);
    assert.ok(total(bill) > 0.16);
  });

  it('is less than $0.20 for a thousand runs of twelve operations that Advance does', async () => {
    const [inside] = workloads(12);
    assert.ok(inside);
    const bill = billOf(await countWorkload(inside), { runs: 1_000, memoryOf: deployedMemory });
    // What is computed depends on the machine that counts, and is the smallest part.
    const counted = bill.filter(({ item }) => item !== 'functionGbSecond');
    assert.ok(total(counted) < 0.19, String(total(counted)));
  });

  it('is less than $5 a month for a stage dev in which nothing runs, and nothing of it is a network', async () => {
    const bill = await atRest({ stage: 'dev' });
    assert.ok(total(bill) < 5, String(total(bill)));
    const items = bill.map(({ item }) => item);
    for (const item of ['endpointMonth', 'natMonth', 'taskVcpuHour'] as const)
      assert.ok(!items.includes(item));
    const withTasks = await atRest({ stage: 'dev', tasks: 'on' });
    assert.ok(withTasks.some(({ item }) => item === 'endpointMonth'));
    assert.ok(total(withTasks) > total(bill) + 20);
  });

  it('knows that less memory computes longer, and that waiting takes as long in any', () => {
    const count = functionCount(noCounts(), 'a');
    count.invocations = 1;
    count.computed = 10;
    assert.equal(billedMs(count, 1_769), 10);
    assert.equal(billedMs(count, 1_769 / 2), 20);
    count.waits.store = 2;
    assert.equal(billedMs(count, 1_769), 26);
    assert.equal(billedMs(count, 4_000), 26);
  });
});
