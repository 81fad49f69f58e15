import assert from 'node:assert/strict';
import { test } from 'node:test';
import { History, history, requestOf, time } from '../../test/simulation/history.ts';
import { sealEvent } from './chain.ts';
import { evolve } from './evolve.ts';
import { type OperationKind, operationKinds } from './operations.ts';

const refuses = (code: string, change: () => unknown) => assert.throws(change, { code });
const success = { ok: true, value: { inline: 'done' } } as const;

test('a log begins with run.created, and holds no second one', () => {
  const { events, state } = history();
  const [created, carried] = events;
  assert.ok(created?.type === 'run.created' && carried);
  refuses('log.illegal', () => evolve(undefined, carried));
  const seal = { id: 'evt_3', at: state.at, salt: created.salt };
  refuses('log.illegal', () => evolve(state, sealEvent(created, state, seal)));
});

test('an event must be the next one, of the same run', () => {
  const { events, state } = history();
  const [, carried] = events;
  assert.ok(carried);
  refuses('log.illegal', () => evolve(state, carried));
  refuses('log.illegal', () => evolve(state, { ...carried, seq: 4 }));
  refuses('log.illegal', () => evolve(state, { ...carried, seq: 3, run: 'run_other' }));
});

for (const kind of ['succeeded', 'failed', 'cancelled'] as const) {
  test(`nothing follows run.${kind}`, () => {
    const run = history();
    const operation = run.ask('sleep', { ms: 1 });
    const payload = { output: { inline: 1 }, error: { code: 'program.failed', message: 'no' } };
    run.add(`run.${kind}`, payload as never);
    refuses('run.ended', () => run.complete(operation));
    refuses('run.ended', () => run.carried());
    refuses('run.ended', () => run.add('run.cancel-requested', {}));
    refuses('run.ended', () => run.add('signal.received', { name: 'go', payload: null }));
    refuses('run.ended', () => run.add('run.failed', payload as never));
    refuses('run.ended', () => run.add('operation.late', { operation, outcome: success }));
  });
}

test('generations follow one another: any other number is superseded', () => {
  const run = new History();
  assert.equal(run.state.generation, 0);
  refuses('run.superseded', () => run.add('run.carried', { generation: 2 }));
  run.add('run.carried', { generation: 1 });
  refuses('run.superseded', () => run.add('run.carried', { generation: 1 }));
  refuses('run.superseded', () => run.add('run.carried', { generation: 3 }));
  run.add('run.carried', { generation: 2 });
  assert.equal(run.state.generation, 2);
});

test('before an execution carries the run nothing is asked', () => {
  refuses('log.illegal', () => new History().ask('sleep', { ms: 1 }));
});

test('operations are numbered without gaps', () => {
  const run = history();
  refuses('log.illegal', () => run.add('operation.requested', { operation: 2, ...requestOf('sleep') }));
  run.ask('sleep');
  refuses('operation.answered', () =>
    run.add('operation.requested', { operation: 1, ...requestOf('sleep') }),
  );
  assert.equal(run.record('file.read'), 2);
});

for (const [kind, nature] of Object.entries(operationKinds)) {
  const isRequested = nature === 'claimed' || nature === 'awaited';
  test(`${kind} is ${isRequested ? 'requested first' : 'recorded with its outcome only'}`, () => {
    const ask = () => history().ask(kind as OperationKind);
    if (isRequested) assert.equal(ask(), 1);
    else refuses('log.illegal', ask);
  });
}

test('an operation has one outcome', () => {
  const run = history();
  const operation = run.ask('command.run');
  run.claim(operation);
  run.complete(operation);
  refuses('operation.answered', () => run.complete(operation));
  refuses('operation.answered', () => run.claim(operation));
  refuses('operation.answered', () => run.add('operation.interrupted', { operation, reason: 'died' }));
  refuses('operation.answered', () =>
    run.add('operation.completed', { operation, record: requestOf('file.read'), outcome: success }),
  );
  refuses('log.illegal', () => run.complete(9));
  assert.equal(run.state.answered, 1);
});

test('a late outcome is noted and changes nothing but the place in the chain', () => {
  const run = history();
  const operation = run.ask('command.run');
  run.claim(operation);
  run.add('operation.interrupted', { operation, reason: 'died' });
  const { seq, hash, at, ...before } = run.state;
  run.add('operation.late', { operation, outcome: success });
  const { seq: _, hash: __, at: ___, ...after } = run.state;
  assert.deepEqual(after, before);
});

test('a late outcome is of an operation that was asked', () => {
  const run = history();
  const operation = run.ask('command.run');
  refuses('log.illegal', () => run.add('operation.late', { operation: 5, outcome: success }));
  run.add('operation.late', { operation, outcome: success });
});

test('a command is claimed once, and only a claim can be interrupted', () => {
  const run = history();
  const operation = run.ask('command.run');
  refuses('log.illegal', () => run.add('operation.interrupted', { operation, reason: 'died' }));
  run.claim(operation);
  refuses('operation.answered', () => run.claim(operation));
  const waiting = run.ask('signal.wait', { name: 'go' });
  refuses('log.illegal', () => run.claim(waiting));
});

test('a decision is made once, in time, and bound to what was asked', () => {
  const run = history();
  const operation = run.askApproval(60_000);
  const hash = 'f'.repeat(64);
  refuses('log.illegal', () =>
    run.add('approval.approved', { approval: `apr_${operation}`, operation, hash }),
  );
  refuses('log.illegal', () => run.decideApproval(operation, 'expired'));
  run.decideApproval(operation, 'denied');
  assert.equal(run.state.approvals[operation]?.decision?.kind, 'denied');
  for (const second of ['approved', 'denied', 'expired'] as const) {
    refuses('approval.decided', () => run.decideApproval(operation, second));
  }
  run.complete(operation);
  refuses('approval.decided', () => run.decideApproval(operation, 'approved'));
});

test('at its expiry an approval can only expire', () => {
  const run = history();
  const operation = run.askApproval(60_000);
  run.now = Date.parse(run.state.approvals[operation]?.requested.expiresAt ?? '') - Date.parse(time(0));
  refuses('approval.expired', () => run.decideApproval(operation, 'approved'));
  refuses('approval.expired', () => run.decideApproval(operation, 'denied'));
  run.decideApproval(operation, 'expired');
  refuses('approval.decided', () => run.decideApproval(operation, 'approved'));
});

test('an approval belongs to one open operation', () => {
  const run = history();
  const asked = { approval: 'apr_x', operation: 1, what: 'Go', expiresAt: time(60_000) };
  refuses('log.illegal', () => run.add('approval.requested', { ...asked, hash: 'f'.repeat(64) }));
  const operation = run.askApproval();
  const { hash } = requestOf('approval.request', { what: 'Go' });
  refuses('log.illegal', () => run.add('approval.requested', { ...asked, operation, hash }));
});

test('a signal is consumed once', () => {
  const run = history();
  const { seq } = run.add('signal.received', { name: 'go', payload: 1 });
  const [first, second] = [run.ask('signal.wait', { name: 'go' }), run.ask('signal.wait', { name: 'go' })];
  run.add('operation.completed', { operation: first, outcome: success, signal: seq });
  assert.deepEqual(run.state.signals, []);
  refuses('log.illegal', () =>
    run.add('operation.completed', { operation: second, outcome: success, signal: seq }),
  );
});

test('the first cancel request stands', () => {
  const run = history();
  run.add('run.cancel-requested', { reason: 'first' }, 'user:ann');
  run.add('run.cancel-requested', { reason: 'second' }, 'user:bob');
  assert.deepEqual(run.state.cancelRequested, { by: 'user:ann', reason: 'first' });
});

test('a generation is barren when it had work and brought nothing of the agent', () => {
  const run = history();
  run.carried();
  assert.equal(run.state.barren, 1);
  run.carried();
  assert.equal(run.state.barren, 2);
  run.ask('signal.wait', { name: 'go' });
  assert.equal(run.state.barren, 0);
  run.carried().carried();
  assert.equal(run.state.barren, 0, 'a generation that only waits has done all it could');
});
