import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { arn, passing, roleArn, serve } from '../testing/serve.ts';

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly message: string;
}

interface Sent {
  readonly action?: string;
  readonly target?: string;
  readonly contentType?: string;
}

/** Sends what an SDK would not. */
async function post(url: string, body: string, sent: Sent = {}): Promise<Answer> {
  const { action = 'ListStateMachines', contentType = 'application/x-amz-json-1.0' } = sent;
  const { target = `AWSStepFunctions.${action}` } = sent;
  const headers = { 'X-Amz-Target': target, 'Content-Type': contentType };
  const response = await fetch(url, { method: 'POST', headers, body });
  const answer = (await response.json()) as { __type?: string; message?: string };
  return { status: response.status, type: answer.__type ?? '', message: answer.message ?? '' };
}

const detected = (rest: string): string => `1 validation error detected: ${rest}`;

describe('bad input on the wire', () => {
  test('a body that is none of the protocol is refused', async (context) => {
    const { url, failures } = await serve(context);
    const refused = async (body: string, sent: Sent = {}) => {
      const { status, type } = await post(url, body, sent);
      return [status, type];
    };
    const serialization = [400, 'SerializationException'];
    for (const body of ['{', '[]', '1', 'null', '"x"', '{"maxResults":{}}', '{"maxResults":"1"}']) {
      assert.deepEqual(await refused(body), serialization, body);
    }
    assert.deepEqual(await refused('['.repeat(500_000)), serialization);
    assert.deepEqual(await refused(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`), [200, '']);
    const unknown = [400, 'UnknownOperationException'];
    for (const target of [
      'AWSStepFunctions.Nonsense',
      'Other.ListStateMachines',
      'AWSStepFunctions.constructor',
      'x',
    ]) {
      assert.deepEqual(await refused('{}', { target }), unknown, target);
    }
    assert.deepEqual(await refused('{}', { contentType: 'text/plain' }), unknown);
    assert.deepEqual(await refused(`"${'x'.repeat(5 * 1024 * 1024)}"`), [
      413,
      'RequestEntityTooLargeException',
    ]);
    assert.deepEqual(await refused('{"__proto__":{"maxResults":5},"constructor":1}'), [200, '']);
    assert.deepEqual(failures, []);
  });

  test('fields are held to their limits, all at once', async (context) => {
    const { url } = await serve(context);
    const create = (input: object) => post(url, JSON.stringify(input), { action: 'CreateStateMachine' });
    const machine = { name: 'm', definition: passing('x'), roleArn };
    assert.equal(
      (await create({ ...machine, name: '' })).message,
      detected(
        "Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1",
      ),
    );
    assert.equal(
      (await create({ ...machine, type: 'SLOW' })).message,
      detected(
        "Value 'SLOW' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [STANDARD, EXPRESS]",
      ),
    );
    assert.equal(
      (await create({ ...machine, definition: ' '.repeat(1_048_577) })).message,
      detected(
        "Value at 'definition' failed to satisfy constraint: Member must have length less than or equal to 1048576",
      ),
    );
    assert.equal(
      (await create({ name: 'm' })).message,
      "2 validation errors detected: Value null at 'definition' failed to satisfy constraint: Member must not be null; Value null at 'roleArn' failed to satisfy constraint: Member must not be null",
    );
    const mistyped = await create({ ...machine, name: 1 });
    assert.deepEqual(
      [mistyped.type, mistyped.message],
      ['SerializationException', 'NUMBER_VALUE can not be converted to a String'],
    );
  });

  test('lists refuse pages and filters that cannot be', async (context) => {
    const { client } = await serve(context);
    await client.send(new CreateStateMachineCommand({ name: 'm', definition: passing('x'), roleArn }));
    const stateMachineArn = arn('stateMachine:m');
    const list = (asked: object) => client.send(new ListExecutionsCommand({ stateMachineArn, ...asked }));
    await assert.rejects(list({ maxResults: 1_001 }), {
      message: detected(
        "Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000",
      ),
    });
    await assert.rejects(list({ statusFilter: 'succeeded' }), {
      message: detected(
        "Value 'succeeded' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]",
      ),
    });
    const nextToken = 'x'.repeat(1_025);
    await assert.rejects(client.send(new ListStateMachinesCommand({ nextToken })), {
      message: detected(
        `Value '${nextToken}' at 'nextToken' failed to satisfy constraint: Member must have length less than or equal to 1024`,
      ),
    });
    for (const token of ['nonsense', 'bnVsbA', 'eyJhdCI6e319']) {
      const invalid = { name: 'InvalidToken', message: "Invalid Token: 'Invalid token'" };
      await assert.rejects(list({ nextToken: token }), invalid);
      await assert.rejects(client.send(new ListStateMachinesCommand({ nextToken: token })), invalid);
    }
    await assert.rejects(client.send(new ListExecutionsCommand({})), {
      message: detected('Must provide a StateMachine ARN or MapRun ARN'),
    });
  });

  test('ARNs are looked at whole', async (context) => {
    const { client } = await serve(context);
    await client.send(new CreateStateMachineCommand({ name: 'm', definition: passing('x'), roleArn }));
    const machine = (stateMachineArn: string) =>
      client.send(new DescribeStateMachineCommand({ stateMachineArn }));
    const invalid = (text: string) => ({ name: 'InvalidArn', message: `Invalid Arn: '${text}'` });
    await assert.rejects(machine('not_a_valid_arn'), invalid('Invalid ARN prefix: not_a_valid_arn'));
    await assert.rejects(
      machine(arn('activity:m')),
      invalid('Resource type not valid in this context: activity'),
    );
    await assert.rejects(machine(arn('stateMachine:m:1:2')), { name: 'InvalidArn' });
    for (const elsewhere of [
      'arn:aws:states:eu-west-1:000000000000:stateMachine:m',
      'arn:aws:states:us-east-1:111111111111:stateMachine:m',
      arn('stateMachine:m:1'),
      arn('stateMachine:m:no'),
      arn('stateMachine:toString'),
    ]) {
      await assert.rejects(machine(elsewhere), {
        name: 'StateMachineDoesNotExist',
        message: `State Machine Does Not Exist: '${elsewhere}'`,
      });
    }
    const express = arn('express:m:e:id');
    const executionArn = arn('execution:m:none');
    const actions = [
      (asked: { executionArn: string }) => client.send(new DescribeExecutionCommand(asked)),
      (asked: { executionArn: string }) => client.send(new StopExecutionCommand(asked)),
      (asked: { executionArn: string }) => client.send(new GetExecutionHistoryCommand(asked)),
    ];
    for (const action of actions) {
      await assert.rejects(
        action({ executionArn: express }),
        invalid('Resource type not valid in this context: express'),
      );
      await assert.rejects(action({ executionArn }), {
        name: 'ExecutionDoesNotExist',
        message: `Execution Does Not Exist: '${executionArn}'`,
      });
    }
  });

  test('definitions that are nested without end are refused, and the next one is taken', async (context) => {
    const { client, failures } = await serve(context);
    const create = (definition: string) =>
      client.send(new CreateStateMachineCommand({ name: 'm', definition, roleArn }));
    const nested = (open: string, close: string) => `${open.repeat(9_000)}{}${close.repeat(9_000)}`;
    for (const state of [
      nested('{"Type":"Parallel","Branches":[{"StartAt":"P","States":{"P":', '}}]}'),
      `{"Type":"Choice","Choices":[${nested('{"Not":', '}')}]}`,
      `{"Type":"Pass","End":true,"Parameters":${nested('[', ']')}}`,
    ]) {
      const definition = `{"StartAt":"P","States":{"P":${state}}}`;
      await assert.rejects(create(definition), { name: 'InvalidDefinition' }, state.slice(0, 30));
    }
    assert.deepEqual(failures, []);
    assert.ok((await create(passing('x'))).stateMachineArn);
  });

  test('an input that is no JSON is told as AWS tells it', async (context) => {
    const { client } = await serve(context);
    await client.send(new CreateStateMachineCommand({ name: 'm', definition: passing('x'), roleArn }));
    const start = (input: string) =>
      client.send(new StartExecutionCommand({ stateMachineArn: arn('stateMachine:m'), input }));
    const told = {
      'not some json':
        "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
      "{'not': 'json'":
        "Unexpected character (''' (code 39)): was expecting double-quote to start field name",
      '': 'Invalid execution input.',
      '{"a": 1': 'Unexpected end-of-input: expected close marker for Object',
    };
    for (const [input, flaw] of Object.entries(told)) {
      await assert.rejects(start(input), {
        name: 'InvalidExecutionInput',
        message: `Invalid State Machine Execution Input: '${flaw}'`,
      });
    }
    for (const input of ['[1,]', '{"a":1,}', '1 2', '"open', '[1}', '01', '{"a" 1}', '['.repeat(100_000)]) {
      await assert.rejects(start(input), { name: 'InvalidExecutionInput' }, input.slice(0, 10));
    }
    for (const input of ['2', 'null', ' [true] ']) assert.ok((await start(input)).executionArn);
  });
});
