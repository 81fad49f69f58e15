import assert from 'node:assert/strict';
import { test } from 'node:test';
import { history, time } from '../../test/simulation/history.ts';
import { decide, hasWork, statusOf, waitsFor } from './decide.ts';
import { limits } from './limits.ts';

test('a run is queued until its program has asked for something', () => {
  const run = history();
  assert.equal(statusOf(run.state), 'queued');
  assert.deepEqual(decide(run.state), { kind: 'advance' });
  run.record('file.read');
  assert.equal(statusOf(run.state), 'running');
});

test('cancel goes before pause, pause before a command, a command before waiting', () => {
  const run = history();
  run.ask('signal.wait', { name: 'go' });
  assert.deepEqual(decide(run.state), { kind: 'signal', reason: 'signal' });
  const operation = run.ask('command.run', { command: 'ls' });
  const { default: timeoutMs } = limits.commandTimeoutMs;
  assert.deepEqual(decide(run.state), { kind: 'command', operation, place: 'function', timeoutMs });
  run.add('run.paused', {});
  assert.deepEqual(decide(run.state), { kind: 'signal', reason: 'paused' });
  assert.equal(statusOf(run.state), 'paused');
  run.add('run.cancel-requested', {});
  assert.deepEqual(decide(run.state), { kind: 'finish' });
  assert.equal(statusOf(run.state), 'running');
});

test('what is settled goes before a command', () => {
  const run = history();
  run.ask('command.run', { command: 'ls' });
  const approval = run.askApproval();
  assert.equal(decide(run.state).kind, 'command');
  run.decideApproval(approval, 'approved');
  assert.equal(decide(run.state).kind, 'advance');
  run.complete(approval);
  run.ask('signal.wait', { name: 'go' });
  run.add('signal.received', { name: 'other', payload: null });
  assert.equal(decide(run.state).kind, 'command');
  run.add('signal.received', { name: 'go', payload: null });
  assert.equal(decide(run.state).kind, 'advance');
});

test('what is settled while the run is paused is kept until it goes on', () => {
  const run = history();
  const approval = run.askApproval();
  run.add('run.paused', {});
  run.decideApproval(approval, 'approved');
  assert.equal(decide(run.state).kind, 'signal');
  run.add('run.resumed', {});
  assert.equal(decide(run.state).kind, 'advance');
});

test("a command's declared timeout decides its place", () => {
  const placeOf = (timeoutMs: number) => {
    const run = history();
    run.ask('command.run', { command: 'ls', timeoutMs });
    const directive = decide(run.state);
    return directive.kind === 'command' ? directive.place : undefined;
  };
  assert.equal(placeOf(limits.functionCommandMs), 'function');
  assert.equal(placeOf(limits.functionCommandMs + 1), 'task');
});

test('waiting ends at the earliest deadline of everything that is open', () => {
  const run = history();
  run.ask('sleep', { ms: 50_000 }, time(50_000));
  assert.deepEqual(decide(run.state), { kind: 'signal', reason: 'time', deadline: time(50_000) });
  const operation = run.askApproval(90_000);
  const approval = run.state.approvals[operation]?.requested.approval;
  assert.deepEqual(decide(run.state), { kind: 'approval', operation, approval, deadline: time(50_000) });
});

for (const [kind, reason] of [
  ['agent.call', 'child'],
  ['signal.wait', 'signal'],
  ['sleep', 'time'],
] as const) {
  test(`lists say that a run with an open ${kind} waits for ${reason}`, () => {
    const run = history();
    run.ask(kind, { name: 'go' });
    assert.equal(waitsFor(run.state), reason);
    assert.equal(statusOf(run.state), 'waiting');
    assert.equal(hasWork(run.state), false);
  });
}

for (const status of ['succeeded', 'failed', 'cancelled'] as const) {
  test(`a run that has ${status} only finishes`, () => {
    const run = history();
    run.ask('command.run', { command: 'ls' });
    run.add(`run.${status}`, { output: { inline: 1 }, error: { code: 'x', message: 'x' } } as never);
    assert.deepEqual(decide(run.state), { kind: 'finish' });
    assert.equal(statusOf(run.state), status);
    assert.equal(waitsFor(run.state), undefined);
  });
}
