import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { JsonObject } from '../../../../shared/domain/json.ts';
import { endpointsFrom } from '../endpoints.ts';
import type { NestedDescription, NestedExecutions, NestedStart } from '../nested-executions.ts';
import { processEnds } from '../service.ts';
import { callOf, carryOut, failureOf, servicesWith } from '../testing/call.ts';
import { fakeService } from '../testing/fake-service.ts';

const states = 'arn:aws:states:::states:startExecution';
const machineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:Child';
const childArn = 'arn:aws:states:us-east-1:000000000000:execution:Child:one';

const ended: NestedDescription = {
  executionArn: childArn,
  stateMachineArn: machineArn,
  name: 'one',
  status: 'SUCCEEDED',
  startDate: 1_000,
  stopDate: 2_000,
  input: '{"a":1}',
  output: '{"b":2}',
};

/** A Step Functions that keeps what it is asked. */
class Executions implements NestedExecutions {
  readonly started: NestedStart[] = [];
  readonly stopped: string[] = [];
  readonly waited: string[] = [];
  ending: NestedDescription | undefined = ended;
  refusal: Error | undefined;

  start(wanted: NestedStart) {
    this.started.push(wanted);
    if (this.refusal !== undefined) return Promise.reject(this.refusal);
    return Promise.resolve({ executionArn: childArn, startDate: 1_000 });
  }

  wait(executionArn: string, signal: AbortSignal): Promise<NestedDescription> {
    this.waited.push(executionArn);
    if (this.ending !== undefined) return Promise.resolve(this.ending);
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  }

  stop(executionArn: string) {
    this.stopped.push(executionArn);
    return Promise.resolve();
  }
}

function here() {
  const nested = new Executions();
  const services = servicesWith({ endpoints: endpointsFrom({}), nested });
  const run = (suffix: string, parameters: JsonObject = {}, more = {}) => {
    const resource = `${states}${suffix}`;
    return carryOut(
      services,
      resource,
      callOf(resource, { StateMachineArn: machineArn, ...parameters }, more),
    );
  };
  return { nested, services, run };
}

describe('states:startExecution', () => {
  it('starts an execution of this engine, and shows what was started', async () => {
    const { nested, run } = here();
    const result = (await run('', { Name: 'one', Input: { a: 1 } })) as JsonObject;
    assert.deepEqual(nested.started, [{ machineArn, name: 'one', input: '{"a":1}', awaited: false }]);
    assert.deepEqual(Object.keys(result), [
      'ExecutionArn',
      'SdkHttpMetadata',
      'SdkResponseMetadata',
      'StartDate',
    ]);
    assert.equal(result['ExecutionArn'], childArn);
    assert.equal(result['StartDate'], 1_000);
  });

  it('makes up the same name whenever the same attempt is made again', async () => {
    const { nested, run } = here();
    for (const id of ['one', 'one', 'two']) await run('', { Input: null }, { id });
    const [first, again, other] = nested.started;
    assert.match(first?.name ?? '', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(again?.name, first?.name);
    assert.notEqual(other?.name, first?.name);
    assert.equal(first?.input, '{}');
  });

  it('goes on with its own execution when a start is made again after that has ended', async () => {
    const { nested, run } = here();
    nested.refusal = Object.assign(new Error('Execution Already Exists'), { type: 'ExecutionAlreadyExists' });
    const again = (await run('')) as JsonObject;
    assert.deepEqual([again['ExecutionArn'], again['StartDate']], [childArn, 1_000]);
    assert.equal(nested.waited[0], `${childArn.slice(0, -3)}${nested.started[0]?.name}`);
    assert.match((await failureOf(run('', { Name: 'one' }))).error, /AlreadyExists/);
  });

  it('.sync gives the end with texts, .sync:2 with values', async () => {
    const { run } = here();
    const told = {
      ExecutionArn: childArn,
      Input: '{"a":1}',
      InputDetails: { Included: true },
      Name: 'one',
      Output: '{"b":2}',
      OutputDetails: { Included: true },
      RedriveCount: 0,
      RedriveStatus: 'NOT_REDRIVABLE',
      RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
      StartDate: 1_000,
      StateMachineArn: machineArn,
      Status: 'SUCCEEDED',
      StopDate: 2_000,
    };
    assert.deepEqual(await run('.sync'), told);
    assert.deepEqual(await run('.sync:2'), { ...told, Input: { a: 1 }, Output: { b: 2 } });
  });

  it('fails when the execution has, with all that is told of it', async () => {
    const { nested, run } = here();
    const { output: _, ...others } = ended;
    nested.ending = { ...others, status: 'FAILED', error: 'E', cause: 'C' };
    const { error, cause } = await failureOf(run('.sync:2'));
    assert.equal(error, 'States.TaskFailed');
    const { Status, Error: name, Cause, Input } = JSON.parse(cause) as JsonObject;
    assert.deepEqual(
      { Status, name, Cause, Input },
      { Status: 'FAILED', name: 'E', Cause: 'C', Input: { a: 1 } },
    );
  });

  it('names refusals as AWS does', async () => {
    const { nested, run } = here();
    nested.refusal = Object.assign(new Error("Execution Already Exists: 'x'"), {
      type: 'ExecutionAlreadyExists',
    });
    const { error, cause, phase } = await failureOf(run('.sync', { Name: 'x' }));
    assert.deepEqual(
      { error, phase },
      { error: 'StepFunctions.ExecutionAlreadyExistsException', phase: 'submit' },
    );
    assert.match(
      cause,
      /^Execution Already Exists: 'x' \(Service: AWSStepFunctions; Status Code: 400; Error Code: ExecutionAlreadyExists; Request ID: [\w-]{36}; Proxy: null\)$/,
    );
    assert.equal((await failureOf(run('', { Name: 'x' }))).phase, 'run');
  });

  it('stops the execution when nobody waits any more', async () => {
    const { nested, run } = here();
    nested.ending = undefined;
    const stop = new AbortController();
    const waiting = run('.sync', {}, { signal: stop.signal });
    stop.abort(new Error('stopped'));
    await assert.rejects(waiting, /stopped/);
    assert.deepEqual(nested.stopped, [childArn]);
  });

  it('leaves the execution alone when the process ends, and finds it again', async () => {
    const { nested, services, run } = here();
    nested.ending = undefined;
    const waiting = run('.sync').catch((reason: unknown) => reason);
    await services.close();
    assert.equal(await waiting, processEnds);
    assert.deepEqual(nested.stopped, []);
  });

  it('asks the endpoint about executions of other accounts, until they have ended', async (t: TestContext) => {
    const told = {
      executionArn: 'arn:aws:states:us-east-1:2:execution:M:n',
      stateMachineArn: 'm',
      name: 'n',
      startDate: 1,
    };
    let looks = 0;
    const { endpoints, received } = await fakeService(t, ({ headers }) => {
      const action = String(headers['x-amz-target']).split('.')[1];
      if (action === 'StartExecution') return { body: { executionArn: told.executionArn, startDate: 1 } };
      looks += 1;
      const done = { status: 'SUCCEEDED', output: '{}', stopDate: 2 };
      return { body: { ...told, status: 'RUNNING', ...(looks > 2 ? done : {}) } };
    });
    const nested = new Executions();
    const services = servicesWith({ endpoints, nested });
    t.after(() => services.close());
    const resource = `${states}.sync:2`;
    const parameters = { StateMachineArn: 'arn:aws:states:us-east-1:222222222222:stateMachine:M', Name: 'n' };
    const result = (await carryOut(services, resource, callOf(resource, parameters))) as JsonObject;
    const { Status, Output, StartDate } = result;
    assert.deepEqual({ Status, Output, StartDate }, { Status: 'SUCCEEDED', Output: {}, StartDate: 1_000 });
    assert.equal(received.length, 4);
    assert.deepEqual(nested.started, []);
  });
});
