import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../../shared/domain/json.ts';
import { sdkName } from './member-names.ts';
import { type FieldValidationMode, mockSchemaProblem } from './mock-schema.ts';

const problem = async (resource: string, result: Json, mode: FieldValidationMode = 'STRICT') =>
  (await mockSchemaProblem(`arn:aws:states:::${resource}`, result, mode))?.replace(
    'Mock result schema validation error: ',
    '',
  );

test('strict asks for required fields, in the case of the integration', async () => {
  const started = { executionArn: 'arn', startDate: 'now' };
  assert.equal(await problem('states:startExecution', started), "Required field 'ExecutionArn' is missing");
  assert.equal(await problem('aws-sdk:sfn:startExecution', {}), "Required field 'ExecutionArn' is missing");
  assert.equal(await problem('states:startExecution', started, 'PRESENT'), undefined);
  assert.equal(await problem('states:startExecution', { ExecutionArn: 'arn', StartDate: 'now' }), undefined);
});

test('what is there must be of the kind that the service answers', async () => {
  const cases: readonly [string, Json, string][] = [
    ['states:startExecution', { ExecutionArn: 1, StartDate: '' }, "Field 'ExecutionArn' must be a string"],
    ['events:putEvents', { Entries: 'none' }, "Field 'Entries' must be an array"],
    ['events:putEvents', { Entries: [{ EventId: [] }] }, "Field 'EventId' must be a string"],
    ['events:putEvents', { Entries: ['none'] }, "Field 'Entries' must be an object"],
    ['lambda:invoke', { StatusCode: '200' }, "Field 'StatusCode' must be a number"],
    ['aws-sdk:kms:encrypt', { CiphertextBlob: 1 }, "Field 'CiphertextBlob' must be a string"],
    ['dynamodb:getItem', { Item: { a: { BOOL: 'yes' } } }, "Field 'BOOL' must be a boolean"],
    ['dynamodb:getItem', { Item: { a: { L: [{ M: { b: { N: 1 } } }] } } }, "Field 'N' must be a string"],
    ['dynamodb:getItem', { Item: [] }, "Field 'Item' must be an object"],
  ];
  for (const [resource, result, expected] of cases) {
    assert.equal(await problem(resource, result), expected);
    assert.equal(await problem(resource, result, 'PRESENT'), expected);
    assert.equal(await problem(resource, result, 'NONE'), undefined);
  }
});

test('values, lengths and choices have limits', async () => {
  const memory = (size: number): Json => ({ Configuration: { MemorySize: size } });
  const getFunction = 'aws-sdk:lambda:getFunction';
  assert.equal(await problem(getFunction, memory(127)), "Field 'MemorySize' is less than the minimum value");
  assert.equal(await problem(getFunction, memory(128)), undefined);
  assert.equal(await problem(getFunction, memory(10_240)), undefined);
  assert.equal(await problem(getFunction, memory(10_241)), "Field 'MemorySize' exceeds the maximum value");
  const blob = (length: number): Json => ({ CiphertextBlob: 'x'.repeat(length) });
  const short = "Field 'CiphertextBlob' is smaller than the minimum length";
  assert.equal(await problem('aws-sdk:kms:encrypt', blob(0)), short);
  assert.equal(
    await problem('aws-sdk:kms:encrypt', blob(6_145)),
    "Field 'CiphertextBlob' exceeds the maximum length",
  );
  const papyrus = { StorageClass: 'Papyrus' };
  assert.equal(
    await problem('aws-sdk:s3:getObject', papyrus),
    "Field 'StorageClass' is not an expected value",
  );
});

test('fields that the service does not know are let through, those of other objects too', async () => {
  assert.equal(await problem('events:putEvents', { Extra: 1, toString: 2, __proto__: 3 }), undefined);
  assert.equal(await problem('events:putEvents', JSON.parse('{"__proto__": {"Entries": 1}}')), undefined);
});

test('results that the integration makes itself, or that come from elsewhere, are not checked', async () => {
  assert.equal(await problem('lambda:invoke', { Payload: { any: 1 } }), undefined);
  assert.equal(
    await problem('aws-sdk:lambda:invoke', { Payload: { any: 1 } }),
    "Field 'Payload' must be a string",
  );
  for (const resource of [
    'apigateway:invoke',
    'http:invoke',
    'sqs:sendMessage.waitForTaskToken',
    'aws-sdk:unheardof:doIt',
    'aws-sdk:lambda:unheardOf',
    'constructor:name',
  ]) {
    assert.equal(await problem(resource, { anything: ['goes'] }), undefined, resource);
  }
  assert.equal(await mockSchemaProblem('arn:aws:lambda:us-east-1:1:function:f', 1, 'STRICT'), undefined);
});

test('a job waited for answers what asking for it would', async () => {
  const ended = { ExecutionArn: 'a', StateMachineArn: 'b', Status: 'SUCCEEDED', StartDate: 'c', Output: {} };
  assert.equal(await problem('states:startExecution.sync:2', ended), undefined);
  assert.equal(await problem('states:startExecution.sync', ended), "Field 'Output' must be a string");
  assert.equal(
    await problem('ecs:runTask.sync', { LaunchType: 'MOON' }),
    "Field 'LaunchType' is not an expected value",
  );
  assert.equal(await problem('glue:startJobRun.sync', { Attempt: 'x' }), "Field 'Attempt' must be a number");
});

test('SDK integrations spell names word by word', () => {
  const names = ['MD5OfMessageBody', 'executionArn', 'ETag', 'DBInstances', 'SSEKMSKeyId', 'VpcId'];
  assert.deepEqual(names.map(sdkName), [
    'Md5OfMessageBody',
    'ExecutionArn',
    'ETag',
    'DbInstances',
    'SsekmsKeyId',
    'VpcId',
  ]);
});
