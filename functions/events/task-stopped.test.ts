import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { wiredInMemory } from '../../test/support/wired-in-memory.ts';
import { taskStoppedFunction } from './task-stopped.ts';

const taskArn = 'arn:aws:ecs:r:a:task/cluster/1';

describe('what hears that a task has stopped', () => {
  it('does not even put itself together for a task that somebody started by hand', async () => {
    const handle = taskStoppedFunction(() => Promise.reject(new Error('It was put together')));
    await handle({ detail: { taskArn } });
  });

  it('leaves the tasks of others alone', async () => {
    const { wire, log } = wiredInMemory();
    await taskStoppedFunction(wire)({
      detail: { taskArn, startedBy: 'ecs-svc/1', stoppedReason: 'Scaled in' },
    });
    assert.deepEqual(log, []);
  });
});
