import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asks, asksApproval, Stage, tenant } from '../../../test/simulation/stage.ts';
import { caller } from '../../../test/simulation/world.ts';
import { approvalId } from '../../domain/derived-ids.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Decision } from '../api/approvals.ts';
import { decideApproval } from '../commands/decide-approval.ts';
import { hasNews } from './wake.ts';

const run = 'run_01kdvdna000000000000000001';
const approval = approvalId(run, 1);
const token = { run, generation: 1, loop: 1, token: 'token', told: 0 };
const approve: Decision = { decision: 'approved' };

async function asked(): Promise<Stage> {
  const stage = new Stage();
  await stage.run(run, asksApproval(run, 1));
  await stage.app.tokens.forTenant(tenant).put(token);
  return stage;
}

const looks = ({ app }: Stage) => app.reconcileQueue.receive(10, 30);

test('a decision wakes whoever waits', async () => {
  const stage = await asked();
  assert.equal((await decideApproval(stage.app, caller, approval, approve)).status, 'approved');
  assert.deepEqual(stage.answered, ['token']);
  assert.deepEqual(await looks(stage), []);
});

test('a token that is gone is no error: the decision stands, and the reconciler is asked', async () => {
  const stage = await asked();
  stage.gone.add('token');
  assert.equal((await decideApproval(stage.app, caller, approval, approve)).status, 'approved');
  assert.deepEqual(
    (await looks(stage)).map(({ body }) => body),
    [{ tenant, run }],
  );
});

for (const broken of ['engine.succeed', 'tokens.get'] as const) {
  test(`the decision stands when ${broken} fails`, async () => {
    const stage = await asked();
    const app = stage.makeApp((call, proceed) =>
      `${call.port}.${call.method}` === broken
        ? Promise.reject(new TandemError('engine.unavailable'))
        : proceed(),
    );
    assert.equal((await decideApproval(app, caller, approval, approve)).status, 'approved');
    assert.equal((await looks(stage)).length, 1);
  });
}

test('a decision after the expiry is refused, and the expiry recorded', async () => {
  const stage = await asked();
  stage.clock.advance(48 * 3_600_000);
  await assert.rejects(decideApproval(stage.app, caller, approval, approve), { code: 'approval.expired' });
  assert.equal((await stage.types(run)).at(-1), 'approval.expired');
  assert.deepEqual(stage.answered, ['token']);
  await assert.rejects(decideApproval(stage.app, caller, approval, approve), { code: 'approval.expired' });
});

test('an answer that the program has not been given is news, unless the run is paused', async () => {
  const stage = new Stage();
  const others = [asks(1, 'agent.call', { agent: 'child' }), asks(2, 'signal.wait', { name: 'go' })];
  await stage.run(run, others);
  assert.equal(hasNews(stage.app, await stage.state(run), { told: 0 }), false);
  const outcome = { ok: true, value: { inline: 1 } } as const;
  const state = await stage.append(run, {
    type: 'operation.completed',
    by: 'run:run_child',
    payload: { operation: 1, outcome },
  });
  assert.equal(hasNews(stage.app, state, { told: 0 }), true);
  assert.equal(hasNews(stage.app, state, { told: 1 }), false);
  const paused = await stage.append(run, { type: 'run.paused', by: 'user:ann', payload: {} });
  assert.equal(hasNews(stage.app, paused, { told: 0 }), false);
});
