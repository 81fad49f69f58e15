import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cancelRun, resumeRun, signalRun } from '../../shared/application/commands/control-run.ts';
import { decideApproval } from '../../shared/application/commands/decide-approval.ts';
import { report } from '../../shared/application/commands/report.ts';
import { carryOn } from '../../shared/application/executions/carry.ts';
import { awaitNews } from '../../shared/application/steps/await-news.ts';
import { ensureChildren } from '../../shared/application/steps/children.ts';
import { dispatch } from '../../shared/application/steps/dispatch.ts';
import { prepare } from '../../shared/application/steps/prepare.ts';
import { tidy } from '../../shared/application/steps/tidy.ts';
import { approvalId, childRunId } from '../../shared/domain/derived-ids.ts';
import type { EventDraft } from '../../shared/domain/events.ts';
import { type Encounter, inEveryOrder } from './orders.ts';
import { asks, asksApproval, claims, type Stage, tenant, waitingStep } from './stage.ts';
import { caller } from './world.ts';

const run = 'run_01kdvdna000000000000000001';
const approval = approvalId(run, 1);

/** Whoever comes second sees the first: in every order the token is answered. */
function wakes(name: string, before: readonly EventDraft[], act: Encounter['actors'][number]): void {
  test(`stores its token, then looks ∥ ${name}, then looks for a token`, async (context) => {
    const orders = await inEveryOrder(async (stage) => {
      await stage.run(run, before);
      return {
        actors: [(app) => awaitNews(app, waitingStep(run)), act],
        afterwards: async () => assert.ok(stage.answered.includes('token'), 'nobody was woken'),
      };
    });
    context.diagnostic(`${orders} orders`);
    assert.ok(orders > 5);
  });
}

wakes('a signal', [asks(1, 'signal.wait', { name: 'go' })], (app) =>
  signalRun(app, caller, run, { name: 'go', payload: 1 }),
);
wakes('a decision', asksApproval(run, 1), (app) =>
  decideApproval(app, caller, approval, { decision: 'approved' }),
);
wakes('a cancel request', [asks(1, 'signal.wait', { name: 'go' })], (app) => cancelRun(app, caller, run, {}));
wakes('the end of a pause', [{ type: 'run.paused', by: 'user:ann', payload: {} }], (app) =>
  resumeRun(app, caller, run, {}),
);
wakes(
  "a child's answer, while something else is awaited too",
  [asks(1, 'agent.call', { agent: 'child' }), asks(2, 'signal.wait', { name: 'go' })],
  async (app) => {
    const ended = await endedChild(app.runs, childRunId(run, 1));
    await tidy(app, ended);
  },
);

async function endedChild(runs: Stage['app']['runs'], child: string) {
  const drafts: EventDraft[] = [
    {
      type: 'run.created',
      by: `run:${run}`,
      payload: {
        agent: 'child',
        version: 'c'.repeat(64),
        number: '1.0.0',
        input: { inline: null },
        seed: '5'.repeat(64),
        isolation: { program: 'memory', command: 'process' },
        tree: null,
        parent: { run, operation: 1, depth: 1 },
      },
    },
    { type: 'run.carried', by: 'system', payload: { generation: 1 } },
    { type: 'run.succeeded', by: 'run', payload: { output: { inline: 6 } } },
  ];
  const sealed = runs.seal({ tenant, run: child }, drafts);
  await runs.append(undefined, sealed);
  return sealed.state;
}

test('waits for a worker that is at work ∥ its outcome', async () => {
  await inEveryOrder(async (stage) => {
    await stage.run(run, [asks(1, 'command.run', { command: 'ls' }), claims(1)]);
    stage.alive.add('7');
    const ticket = { tenant, run, operation: 1, generation: 1, expiresAt: stage.clock.now() + 60_000 };
    const token = await stage.app.tickets.issue(ticket);
    const done = {
      type: 'done',
      exitCode: 0,
      stdout: '',
      stderr: '',
      durationMs: 1,
      timedOut: false,
      changed: [],
      notes: [],
    };
    return {
      actors: [
        (app) => dispatch(app, waitingStep(run, { next: 'command', operation: 1 })),
        (app) => report(app, token, done),
      ],
      afterwards: async () => {
        assert.ok(stage.answered.includes('token'), 'nobody was woken');
        assert.equal((await stage.state(run)).answered, 1);
        assert.deepEqual(stage.launched, []);
      },
    };
  });
});

test('creates a child, which then looks at its parent ∥ ends, then looks for children', async () => {
  await inEveryOrder(async (stage) => {
    await stage.publish({ child: async () => 1 });
    const [version] = await stage.app.agents.forTenant(tenant).list();
    const call = { agent: 'child', version: version?.digest ?? '', input: null };
    const parent = await stage.run(run, [asks(1, 'agent.call', call)]);
    const child = childRunId(run, 1);
    return {
      actors: [
        async (app) => {
          await ensureChildren(app, parent);
          await prepare(app, { tenant, run: child, generation: 1 });
        },
        async (app) => {
          const end: EventDraft = { type: 'run.cancelled', by: 'user:ann', payload: {} };
          await tidy(app, await app.runs.update(tenant, run, () => [end]));
        },
      ],
      afterwards: async () => {
        const { cancelRequested } = await stage.state(child);
        assert.ok(cancelRequested, 'an orphan goes on');
      },
    };
  });
});

test('two that carry the run on: one generation, one execution', async () => {
  await inEveryOrder(async (stage) => {
    const state = await stage.run(run, [asks(1, 'signal.wait', { name: 'go' })]);
    return {
      actors: [(app) => carryOn(app, state), (app) => carryOn(app, state)],
      afterwards: async () => {
        assert.equal((await stage.state(run)).generation, 2);
        // Starting it twice is harmless: its name is taken once.
        assert.deepEqual([...new Set(stage.started)], [`${run}-2`]);
      },
    };
  });
});

test('two that decide: one decision, and the other one is told so', async () => {
  await inEveryOrder(async (stage) => {
    await stage.run(run, asksApproval(run, 1));
    const outcomes: unknown[] = [];
    const decide = (decision: 'approved' | 'denied') => async (app: Stage['app']) => {
      const row = await decideApproval(app, caller, approval, { decision }).catch((error: unknown) => error);
      outcomes.push(row);
    };
    return {
      actors: [decide('approved'), decide('denied')],
      afterwards: async () => {
        const decided = (await stage.types(run)).filter((type) => /^approval\.(approved|denied)$/.test(type));
        assert.equal(decided.length, 1);
        const codes = outcomes.map((outcome) => (outcome as { code?: string }).code);
        assert.deepEqual(codes.toSorted(), ['approval.decided', undefined]);
      },
    };
  });
});

test('two workers that claim the same command: one is told to stop', async () => {
  await inEveryOrder(async (stage) => {
    await stage.run(run, [asks(1, 'command.run', { command: 'ls' })]);
    const ticket = { tenant, run, operation: 1, generation: 1, expiresAt: stage.clock.now() + 60_000 };
    const token = await stage.app.tickets.issue(ticket);
    const answers: unknown[] = [];
    const claim = (id: string) => async (app: Stage['app']) => {
      answers.push(
        await report(app, token, { type: 'claim', worker: { kind: 'process', id, started: 'now' } }),
      );
    };
    return {
      actors: [claim('1'), claim('2')],
      afterwards: async () => {
        const stopped = answers.filter((answer) => 'stop' in (answer as object));
        assert.equal(answers.length, 2);
        assert.equal(stopped.length, 1);
      },
    };
  });
});
