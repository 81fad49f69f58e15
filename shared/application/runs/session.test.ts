import assert from 'node:assert/strict';
import { test } from 'node:test';
import { records, Stage, tenant } from '../../../test/simulation/stage.ts';
import { limits } from '../../domain/limits.ts';
import { RunSession } from './session.ts';

const run = 'run_01kdvdna000000000000000001';

test('what is staged is appended in portions that are small enough in bytes, whatever its script', async () => {
  const stage = new Stage();
  await stage.run(run);
  const portions: number[] = [];
  const app = stage.makeApp((call, proceed) => {
    if (call.port !== 'log' || call.method !== 'append') return proceed();
    const { events } = call.args[0] as { events: unknown };
    portions.push(Buffer.byteLength(JSON.stringify(events)));
    return proceed();
  });
  const session = await RunSession.open(app, { tenant, run, generation: 1 });
  // Inline, as it takes three bytes a character in UTF-8.
  const content = '漢'.repeat(43_000);
  for (let operation = 1; operation <= 12; operation += 1) {
    session.stage([records(operation, 'file.read', { path: 'a' }, { path: 'a', content })]);
  }
  await session.commit();
  assert.equal((await stage.state(run)).answered, 12);
  assert.ok(portions.length > 1 && portions.every((bytes) => bytes <= limits.appendBytes), portions.join());
});
