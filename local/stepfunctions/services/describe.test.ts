import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeResource, nameProblems, unusable } from './describe.ts';
import { optimizedNames } from './integrations.ts';

const states = 'arn:aws:states:::';

const described = (name: string) => {
  const description = describeResource(`${states}${name}`);
  assert.ok(description, name);
  return description;
};

describe('what is known of a resource', () => {
  it('is what it calls, how its end is waited for, and what it takes', () => {
    assert.deepEqual(described('sqs:sendMessage.waitForTaskToken'), {
      service: 'sqs',
      action: 'sendMessage',
      pattern: 'token',
      name: 'sqs:sendMessage.waitForTaskToken',
      sdk: undefined,
      patterns: ['request', 'token'],
      required: ['MessageBody', 'QueueUrl'],
      parameters: [
        'MessageBody',
        'QueueUrl',
        'DelaySeconds',
        'MessageAttributes',
        'MessageDeduplicationId',
        'MessageGroupId',
        'MessageSystemAttributes',
      ],
      kinds: { MessageAttributes: 'object', QueueUrl: 'string' },
      prefix: 'SQS',
    });
  });

  it('is the same in every partition and region', () => {
    assert.equal(
      describeResource('arn:aws-cn:states:cn-north-1:111111111111:ecs:runTask.sync')?.pattern,
      'sync',
    );
  });

  it('is the service behind `aws-sdk`, whichever it is', () => {
    const { service, action, sdk, parameters } = described('aws-sdk:s3:listBuckets.waitForTaskToken');
    assert.deepEqual(
      { service, action, sdk, parameters },
      { service: 'aws-sdk:s3', action: 'listBuckets', sdk: 's3', parameters: undefined },
    );
  });

  for (const name of [
    'sqs:receiveMessage',
    'sqs:sendMessage.sync',
    'dynamodb:getItem.waitForTaskToken',
    'states:startExecution.sync:3',
    'ecs:runTask.sync:2',
    'aws-sdk:s3:getObject.sync',
    'aws-sdk:s3:GetObject',
    'aws-sdk:S3:getObject',
    'aws-sdk:s3',
    'constructor:toString',
    'lambda',
    '',
  ]) {
    it(`is nothing for '${name}'`, () => {
      assert.equal(describeResource(`${states}${name}`), undefined);
    });
  }

  it('is nothing for functions and activities, which are called otherwise', () => {
    for (const arn of [
      'arn:aws:lambda:us-east-1:1:function:f',
      'arn:aws:states:us-east-1:1:activity:a',
      'f',
    ]) {
      assert.equal(describeResource(arn), undefined, arn);
    }
  });

  it('holds for every integration of its own', () => {
    for (const name of optimizedNames) assert.equal(described(name).name, name);
  });
});

describe('parameters that cannot be used', () => {
  it('are missing or unknown', () => {
    const problems = [
      "The field 'QueueUrl' is required but was missing",
      "The field 'Body' is not supported by Step Functions",
    ];
    const description = described('sqs:sendMessage');
    assert.deepEqual(nameProblems(description, ['MessageBody', 'Body']), problems);
    assert.equal(
      unusable(description, { MessageBody: 'x', Body: 'y' }),
      `The Parameters '{"MessageBody":"x","Body":"y"}' could not be used to start the Task: [${problems.join(', ')}]`,
    );
  });

  it('have another form: headers of API Gateway are lists', () => {
    const parameters = { ApiEndpoint: 'e', Method: 'POST', Headers: { custom: 'text' } };
    const problem = "The value of the field 'Headers' has an invalid format";
    assert.match(unusable(described('apigateway:invoke'), parameters) ?? '', new RegExp(`\\[${problem}\\]$`));
    assert.equal(
      unusable(described('apigateway:invoke'), { ...parameters, Headers: { custom: ['text'] } }),
      undefined,
    );
  });

  it('are not those that are null: the service judges them', () => {
    assert.equal(unusable(described('dynamodb:putItem'), { TableName: 't', Item: null }), undefined);
  });
});
