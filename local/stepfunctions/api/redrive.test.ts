import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  RedriveExecutionCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { createMemoryJournal } from '../journal/memory.ts';
import { arn, passing, roleArn, type Service, serve, until, waiting } from '../testing/serve.ts';

const stateMachineArn = arn('stateMachine:m');
const executionArn = arn('execution:m:e');
const dayMs = 24 * 3_600_000;

const refused = (name: string, message: string) => (error: Error) => {
  assert.deepEqual([error.name, error.message], [name, message]);
  return true;
};

const notRedrivable = (message: string) => refused('ExecutionNotRedrivable', message);

async function start({ client }: Service, definition: string): Promise<void> {
  await client.send(new CreateStateMachineCommand({ name: 'm', definition, roleArn }));
  await client.send(new StartExecutionCommand({ stateMachineArn, name: 'e' }));
}

async function fail(service: Service, definition = waiting): Promise<void> {
  await start(service, definition);
  await until(() => service.tokens.length === 1);
  await service.client.send(new SendTaskFailureCommand({ taskToken: service.tokens[0], error: 'Sour' }));
}

const redrive = ({ client }: Service, clientToken?: string) =>
  client.send(new RedriveExecutionCommand({ executionArn, clientToken }));

const described = ({ client }: Service) => client.send(new DescribeExecutionCommand({ executionArn }));

describe('redrive, asked for by the AWS SDK', () => {
  test('an execution that has failed goes on, and says how often', async (context) => {
    const service = await serve(context);
    await fail(service);
    const failed = await described(service);
    assert.deepEqual(
      [
        failed.status,
        failed.redriveCount,
        failed.redriveDate,
        failed.redriveStatus,
        failed.redriveStatusReason,
      ],
      ['FAILED', 0, undefined, 'REDRIVABLE', undefined],
    );
    service.clock.advance(60_000);
    const at = new Date(service.clock.now());
    assert.deepEqual((await redrive(service)).redriveDate, at);
    const running = await described(service);
    assert.deepEqual(
      [
        running.status,
        running.redriveCount,
        running.redriveDate,
        running.redriveStatus,
        running.redriveStatusReason,
      ],
      ['RUNNING', 1, at, 'NOT_REDRIVABLE', 'Execution is RUNNING and cannot be redriven'],
    );
    assert.deepEqual([running.error, running.stopDate], [undefined, undefined]);
    await until(() => service.tokens.length === 2);
    const [old, taskToken] = service.tokens;
    assert.notEqual(old, taskToken);
    await service.client.send(new SendTaskSuccessCommand({ taskToken, output: '"done"' }));
    const ended = await described(service);
    assert.deepEqual([ended.status, ended.output, ended.redriveCount], ['SUCCEEDED', '"done"', 1]);
    const listed = await service.client.send(new ListExecutionsCommand({ stateMachineArn }));
    assert.deepEqual(
      listed.executions?.map(({ status, redriveCount, redriveDate }) => [status, redriveCount, redriveDate]),
      [['SUCCEEDED', 1, at]],
    );
    const { events = [] } = await service.client.send(new GetExecutionHistoryCommand({ executionArn }));
    const redriven = events.find(({ type }) => type === 'ExecutionRedriven');
    assert.deepEqual(redriven?.executionRedrivenEventDetails, { redriveCount: 1 });
    assert.deepEqual(
      events.map(({ id }) => id),
      events.map((_, index) => index + 1),
    );
  });

  test('the same token answers the same for a quarter of an hour', async (context) => {
    const service = await serve(context);
    await fail(service);
    const first = await redrive(service, 'token');
    service.clock.advance(1_000);
    assert.deepEqual((await redrive(service, 'token')).redriveDate, first.redriveDate);
    await assert.rejects(
      redrive(service, 'other'),
      notRedrivable('Execution is RUNNING and cannot be redriven'),
    );
    await service.client.send(new StopExecutionCommand({ executionArn }));
    assert.deepEqual((await redrive(service, 'token')).redriveDate, first.redriveDate);
    assert.equal((await described(service)).status, 'ABORTED');
    service.clock.advance(15 * 60_000);
    assert.notDeepEqual((await redrive(service, 'token')).redriveDate, first.redriveDate);
    assert.equal((await described(service)).redriveCount, 2);
  });

  test('two that ask at once begin it once', async (context) => {
    const service = await serve(context);
    await fail(service);
    const answers = await Promise.allSettled([redrive(service), redrive(service)]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    assert.equal((await described(service)).redriveCount, 1);
  });

  test('what has succeeded, is too old or goes away is refused, and says so', async (context) => {
    const service = await serve(context);
    await start(service, passing('done'));
    const succeeded = 'Execution is SUCCEEDED and cannot be redriven';
    await assert.rejects(redrive(service), notRedrivable(succeeded));
    assert.equal((await described(service)).redriveStatusReason, succeeded);

    const late = await serve(context);
    await fail(late);
    late.clock.advance(14 * dayMs);
    assert.equal((await described(late)).redriveStatus, 'REDRIVABLE');
    late.clock.advance(1);
    await assert.rejects(redrive(late), notRedrivable('Execution redrivable period exceeded'));
    assert.equal((await described(late)).redriveStatusReason, 'Execution redrivable period exceeded');
  });

  test('an ARN that names nothing to redrive is refused', async (context) => {
    const service = await serve(context);
    await assert.rejects(
      redrive(service),
      refused('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`),
    );
    const ask = (given: string) => service.client.send(new RedriveExecutionCommand({ executionArn: given }));
    await assert.rejects(
      ask(arn('express:m:e:id')),
      refused('InvalidArn', "Invalid Arn: 'Resource type not valid in this context: express'"),
    );
    const elsewhere = 'arn:aws:states:eu-west-1:000000000000:execution:m:e';
    await assert.rejects(
      ask(elsewhere),
      refused('ExecutionDoesNotExist', `Execution Does Not Exist: '${elsewhere}'`),
    );
    await assert.rejects(redrive(service, ''), { name: 'ValidationException' });
    await assert.rejects(redrive(service, 'a b'), { name: 'ValidationException' });
  });

  test('none begins beyond the limit, or once its machine goes', async (context) => {
    const service = await serve(context, { maxRunning: 1 });
    await fail(service);
    await service.client.send(new StartExecutionCommand({ stateMachineArn, name: 'other' }));
    await assert.rejects(redrive(service), { name: 'ExecutionLimitExceeded' });
    await service.client.send(new DeleteStateMachineCommand({ stateMachineArn }));
    await assert.rejects(redrive(service), notRedrivable('State machine is in DELETING status'));
  });

  test('what failed before positions were kept, or is forgotten, cannot be redriven', async (context) => {
    const journal = createMemoryJournal();
    const service = await serve(context, { journal });
    await fail(service);
    await described(service);
    journal.forget('m', 'e');
    const reason = 'Execution was started before the launch of RedriveExecution';
    await assert.rejects(redrive(service), notRedrivable(reason));
  });

  test('a history without room cannot be redriven', async (context) => {
    const service = await serve(context);
    const loop = { Type: 'Pass', Next: 'B' };
    await start(
      service,
      JSON.stringify({
        StartAt: 'A',
        States: {
          A: loop,
          B: { Type: 'Pass', Next: 'C' },
          C: { Type: 'Choice', Choices: [{ Variable: '$.no', IsPresent: true, Next: 'D' }], Default: 'A' },
          D: { Type: 'Succeed' },
        },
      }),
    );
    await until(() => service.stepFunctions.running('m', 'e') === undefined);
    const { status, redriveStatusReason } = await described(service);
    assert.deepEqual([status, redriveStatusReason], ['FAILED', 'Execution history event limit exceeded']);
    await assert.rejects(redrive(service), notRedrivable('Execution history event limit exceeded'));
  });

  test('lists of a state machine take no filter for it', async (context) => {
    const service = await serve(context);
    await start(service, passing('done'));
    const asked = new ListExecutionsCommand({ stateMachineArn, redriveFilter: 'REDRIVEN' });
    await assert.rejects(service.client.send(asked), { name: 'ValidationException' });
  });
});
