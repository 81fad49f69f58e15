import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Worker } from '../domain/events.ts';
import { isTandemError } from '../errors/tandem-error.ts';
import type { Launch, TaskLauncher } from '../ports/task-launcher.ts';
import { CloudLauncher } from './cloud-launcher.ts';

const launch: Launch = {
  tenant: 'acme',
  run: 'run_1',
  operation: 1,
  place: 'task',
  ticket: 'ticket',
  timeoutMs: 1_000,
  attempt: '1-1',
};

/** A launcher of one kind that notes what it is asked. */
function noting(kind: Worker['kind'], asked: string[], launched = false): TaskLauncher {
  const note = (what: string) => void asked.push(`${kind}: ${what}`);
  return {
    isolation: kind,
    kinds: [kind],
    launch: async ({ place }) => note(`launch ${place}`),
    stop: async ({ id }) => note(`stop ${id}`),
    alive: async ({ id }) => id === kind,
    launched: async () => launched,
  };
}

function both() {
  const asked: string[] = [];
  return {
    asked,
    launcher: new CloudLauncher({ functions: noting('function', asked), tasks: noting('task', asked) }),
  };
}

test('a command runs in the place that is named, and its worker is asked about where it runs', async () => {
  const { asked, launcher } = both();
  await launcher.launch(launch);
  await launcher.launch({ ...launch, place: 'function' });
  await launcher.stop({ kind: 'task', id: 'a' });
  await launcher.stop({ kind: 'function', id: 'b' });
  assert.deepEqual(asked, [
    'task: launch task',
    'function: launch function',
    'task: stop a',
    'function: stop b',
  ]);
  assert.equal(await launcher.alive({ kind: 'task', id: 'task' }), true);
  assert.equal(await launcher.alive({ kind: 'task', id: 'function' }), false);
});

test('where no tasks are set up, functions are asked for them', async () => {
  const asked: string[] = [];
  const launcher = new CloudLauncher({ functions: noting('function', asked) });
  await launcher.launch(launch);
  assert.deepEqual(asked, ['function: launch task']);
  assert.deepEqual(launcher.kinds, ['function']);
});

test('a worker of a kind that is launched nowhere here can be neither stopped nor watched', async () => {
  const { asked, launcher } = both();
  const stranger = { kind: 'process', id: '7' } as const;
  const isInternal = (error: unknown) => isTandemError(error, 'internal');
  await assert.rejects(launcher.stop(stranger), isInternal);
  await assert.rejects(launcher.alive(stranger), isInternal);
  assert.deepEqual(asked, []);
});

test('what one of the places has launched is launched, and runs are told of the least isolation', async () => {
  const asked: string[] = [];
  const functions = noting('function', asked);
  const launched = (is: boolean) => new CloudLauncher({ functions, tasks: noting('task', asked, is) });
  assert.equal(await launched(true).launched(launch), true);
  assert.equal(await launched(false).launched(launch), false);
  assert.deepEqual([launched(true).isolation, launched(true).kinds], ['function', ['function', 'task']]);
});
