import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { InvokeCommand, InvokeCommandInput } from '@aws-sdk/client-lambda';
import { lifeText } from '../../domain/function-life.ts';
import { isTandemError } from '../../errors/tandem-error.ts';
import { VirtualClock } from '../../memory/virtual-clock.ts';
import type { Launch } from '../../ports/task-launcher.ts';
import { FunctionLauncher, type FunctionLauncherOptions } from './function-launcher.ts';
import type { Invoker } from './invoke.ts';

const now = Date.parse('2026-03-01T00:00:00.000Z');

const launch: Launch = {
  tenant: 'acme',
  run: 'run_1',
  operation: 3,
  place: 'function',
  ticket: 'ticket',
  timeoutMs: 60_000,
  attempt: '1-1',
};

function make(changes: Partial<FunctionLauncherOptions> = {}) {
  const asked: InvokeCommandInput[] = [];
  const send = async ({ input }: InvokeCommand) => {
    asked.push(input);
    return { StatusCode: 202 };
  };
  const client = { send } as unknown as Invoker;
  const options = { client, functionName: 'space', tenancy: true, report: 'https://tandem/v1/report' };
  const launcher = new FunctionLauncher({
    ...options,
    clock: new VirtualClock(now),
    patienceMs: 20,
    ...changes,
  });
  return { asked, launcher };
}

const worker = (until: number) =>
  ({ kind: 'function', id: 'request', started: lifeText(now - 1_000, until) }) as const;

describe('a launch', () => {
  test('is accepted for later, in an environment of its space, and is given a ticket and no more', async () => {
    const { asked, launcher } = make();
    await launcher.launch(launch);
    const [{ FunctionName, InvocationType, TenantId, Payload } = assert.fail()] = asked;
    assert.deepEqual([FunctionName, InvocationType, TenantId], ['space', 'Event', 'acme/run_1']);
    assert.deepEqual(JSON.parse(Buffer.from(Payload as Uint8Array).toString('utf8')), {
      report: 'https://tandem/v1/report',
      ticket: 'ticket',
      operation: 'run_1-3',
    });
  });

  test('names no space where the function keeps none apart', async () => {
    const { asked, launcher } = make({ tenancy: false });
    await launcher.launch(launch);
    assert.equal('TenantId' in (asked[0] ?? {}), false);
  });

  test('of a command that takes longer than the function may is refused before anything is asked', async () => {
    const { asked, launcher } = make({ longestMs: 780_000 });
    await launcher.launch({ ...launch, timeoutMs: 780_000 });
    await assert.rejects(launcher.launch({ ...launch, timeoutMs: 780_001 }), (error: unknown) => {
      return isTandemError(error, 'limit.exceeded') && /13 minutes/.test(error.message);
    });
    assert.equal(asked.length, 1);
  });

  test('that Lambda does not take may pass', async () => {
    const send = async () => assert.fail('Rate exceeded');
    const { launcher } = make({ client: { send } as unknown as Invoker });
    await assert.rejects(launcher.launch(launch), (error: unknown) => {
      return (
        isTandemError(error, 'space.unavailable') && error.retryable && /Rate exceeded/.test(error.message)
      );
    });
  });
});

describe('a worker', () => {
  test('lives until the end that it has named, and is of this kind', async () => {
    const { launcher } = make();
    assert.equal(await launcher.alive(worker(now + 1)), true);
    assert.equal(await launcher.alive(worker(now)), false);
    assert.equal(await launcher.alive({ ...worker(now + 1), kind: 'process' }), false);
    assert.equal(await launcher.alive({ kind: 'function', id: 'request', started: 'once' }), false);
  });

  test('is stopped once its life is over, and not before', async () => {
    const { launcher } = make();
    await launcher.stop(worker(now - 1));
    await launcher.stop(worker(now + 20));
    await assert.rejects(launcher.stop(worker(now + 60_000)), (error: unknown) => {
      return (
        isTandemError(error, 'space.unavailable') &&
        error.retryable &&
        error.message.includes('2026-03-01T00:01:00.000Z')
      );
    });
  });
});
