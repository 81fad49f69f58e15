import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compileMachine } from '../../local/stepfunctions/definition/machine.ts';
import { type RunFunctions, runDefinition } from './definition.ts';

const functions: RunFunctions = {
  PrepareFunction: 'arn:aws:lambda:eu-west-1:123456789012:function:prepare',
  AdvanceFunction: 'advance',
  DispatchFunction: 'dispatch',
  AwaitFunction: 'await',
  SuccessorFunction: 'successor',
  FinishFunction: 'finish',
};

interface Rule {
  readonly ErrorEquals: readonly string[];
  readonly Next?: string;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: string;
}

interface Task {
  readonly Type: string;
  readonly TimeoutSeconds?: number;
  readonly TimeoutSecondsPath?: string;
  readonly HeartbeatSeconds?: number;
  readonly Retry?: readonly Rule[];
  readonly Catch?: readonly Rule[];
}

const text = runDefinition(functions);
const { States: states } = JSON.parse(text) as { readonly States: Readonly<Record<string, Task>> };
const tasks = Object.entries(states).filter(([, state]) => state.Type === 'Task');

describe('the run machine', () => {
  test('is a valid definition with every function filled in', () => {
    assert.doesNotThrow(() => compileMachine(text));
    for (const name of Object.values(functions)) assert.ok(text.includes(`"${name}"`), name);
    assert.ok(!text.includes('${'));
  });

  test('every task has a timeout, and only one that a worker holds has heartbeats', () => {
    for (const [name, task] of tasks) assert.ok(task.TimeoutSeconds ?? task.TimeoutSecondsPath, name);
    assert.equal(states['Advance']?.TimeoutSeconds, 930);
    const beating = tasks.filter(([, task]) => task.HeartbeatSeconds !== undefined).map(([name]) => name);
    assert.deepEqual(beating, ['RunCommand']);
  });

  test('every task but Finish catches everything to Finish', () => {
    for (const [name, task] of tasks) {
      const last = task.Catch?.at(-1);
      if (name === 'Finish') assert.equal(last, undefined);
      else assert.deepEqual([last?.ErrorEquals, last?.Next], [['States.ALL'], 'Finish'], name);
    }
  });

  test('every task retries what can pass, with jitter and a longest delay, and nothing that cannot', () => {
    for (const [name, task] of tasks) {
      assert.ok(task.Retry?.length, name);
      for (const rule of task.Retry ?? []) {
        assert.equal(rule.JitterStrategy, 'FULL', name);
        assert.ok(rule.MaxDelaySeconds, name);
        assert.ok(!rule.ErrorEquals.includes('States.DataLimitExceeded'), name);
        assert.ok(!rule.ErrorEquals.includes('States.Runtime'), name);
      }
    }
  });
});
