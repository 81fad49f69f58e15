import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it, type TestContext } from 'node:test';
import type { JsonObject } from '../../../shared/domain/json.ts';
import { endpointsFrom } from './endpoints.ts';
import { callOf, carryOut, executionArn, failureOf, servicesWith } from './testing/call.ts';
import { type Answering, awsError, fakeService } from './testing/fake-service.ts';

const states = 'arn:aws:states:::';

async function before(t: TestContext, answering: Answering) {
  const service = await fakeService(t, answering);
  const services = servicesWith({ endpoints: service.endpoints });
  t.after(() => services.close());
  const send = (name: string, parameters: JsonObject) =>
    carryOut(services, `${states}${name}`, callOf(`${states}${name}`, parameters));
  return { ...service, services, send };
}

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

describe('optimized integrations', () => {
  it('sqs:sendMessage sends an object as JSON text, and shows the answer with its headers', async (t) => {
    const text = '{"a":[1]}';
    const { send, received } = await before(t, () => ({
      body: { MessageId: 'm', MD5OfMessageBody: md5(text) },
    }));
    const result = await send('sqs:sendMessage', {
      QueueUrl: 'http://queue/1/q.fifo',
      MessageBody: { a: [1] },
      MessageGroupId: 'g',
      MessageDeduplicationId: 'd',
      MessageAttributes: { n: { DataType: 'Number', StringValue: 1 } },
    });
    assert.deepEqual(received[0]?.json(), {
      QueueUrl: 'http://queue/1/q.fifo',
      MessageBody: text,
      MessageGroupId: 'g',
      MessageDeduplicationId: 'd',
      MessageAttributes: { n: { DataType: 'Number', StringValue: '1' } },
    });
    const { SdkHttpMetadata: metadata, ...others } = result as JsonObject & { SdkHttpMetadata: JsonObject };
    assert.deepEqual(others, {
      MD5OfMessageBody: md5(text),
      MessageId: 'm',
      SdkResponseMetadata: { RequestId: 'request-1' },
    });
    assert.equal(metadata['HttpStatusCode'], 200);
    const { HttpHeaders: single, AllHttpHeaders: lists } = metadata as Record<string, JsonObject>;
    assert.equal(single?.['Content-Type'], 'application/x-amz-json-1.0');
    assert.deepEqual(lists?.['x-amzn-RequestId'], ['request-1']);
  });

  it('sns:publish does the same with its message', async (t) => {
    const body =
      '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m</MessageId>' +
      '</PublishResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></PublishResponse>';
    const { send, received } = await before(t, () => ({ body, headers: { 'content-type': 'text/xml' } }));
    const result = await send('sns:publish', { TopicArn: 'arn:t', Message: { a: 1 }, Subject: 'S' });
    const form = new URLSearchParams(received[0]?.body);
    assert.equal(form.get('Message'), '{"a":1}');
    assert.equal(form.get('Subject'), 'S');
    assert.equal((result as JsonObject)['MessageId'], 'm');
  });

  it('sns:publish names errors by their code', async (t) => {
    const body =
      '<ErrorResponse><Error><Type>Sender</Type><Code>NotFound</Code><Message>Topic does not exist</Message></Error>' +
      '<RequestId>r</RequestId></ErrorResponse>';
    const { send } = await before(t, () => ({ status: 404, body, headers: { 'content-type': 'text/xml' } }));
    const { error, cause } = await failureOf(send('sns:publish', { TopicArn: 'arn:t', Message: 'x' }));
    assert.equal(error, 'SNS.NotFoundException');
    assert.match(
      cause,
      /^Topic does not exist \(Service: AmazonSNS; Status Code: 404; Error Code: NotFound; Request ID: /,
    );
  });

  it('events:putEvents says where events come from', async (t) => {
    const { send, received } = await before(t, () => ({
      body: { Entries: [{ EventId: 'e' }], FailedEntryCount: 0 },
    }));
    const entry = { Source: 's', DetailType: 'd', Detail: { a: 1 }, Resources: ['arn:mine'] };
    const result = await send('events:putEvents', { Entries: [entry] });
    const machine = 'arn:aws:states:us-east-1:000000000000:stateMachine:Machine';
    assert.deepEqual(received[0]?.json()['Entries'], [
      { ...entry, Detail: '{"a":1}', Resources: ['arn:mine', executionArn, machine] },
    ]);
    assert.deepEqual(result, { Entries: [{ EventId: 'e' }], FailedEntryCount: 0 });
  });

  it('events:putEvents fails when one event was not taken in', async (t) => {
    const answer = {
      FailedEntryCount: 1,
      Entries: [{ EventId: 'e' }, { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' }],
    };
    const { send } = await before(t, () => ({ body: answer }));
    assert.deepEqual(await failureOf(send('events:putEvents', { Entries: [] })), {
      error: 'EventBridge.FailedEntry',
      cause:
        '{"Entries":[{"EventId":"e"},{"ErrorCode":"MalformedDetail","ErrorMessage":"Detail is malformed."}],"FailedEntryCount":1}',
      phase: 'run',
    });
  });

  for (const action of ['getItem', 'putItem', 'updateItem', 'deleteItem']) {
    it(`dynamodb:${action} takes and gives items in the table's own form`, async (t) => {
      const item = { id: { S: '1' }, ok: { BOOL: true }, list: { L: [{ N: '1' }] } };
      const { send, received } = await before(t, () => ({
        body: action === 'getItem' ? { Item: item } : {},
      }));
      const given: JsonObject = action === 'putItem' ? { Item: item } : { Key: { id: { S: '1' } } };
      const result = (await send(`dynamodb:${action}`, { TableName: 't', ...given })) as JsonObject;
      assert.deepEqual(received[0]?.json(), { TableName: 't', ...given });
      const target = `DynamoDB_20120810.${action.charAt(0).toUpperCase()}${action.slice(1)}`;
      assert.equal(received[0]?.headers['x-amz-target'], target);
      assert.deepEqual(result['Item'], action === 'getItem' ? item : undefined);
      assert.deepEqual(result['SdkResponseMetadata'], { RequestId: 'request-1' });
    });
  }

  it('lambda:invoke gives the payload as a value', async (t) => {
    const headers = { 'x-amz-executed-version': '$LATEST' };
    const { send, received } = await before(t, () => ({ body: '{"b":2}', headers }));
    const result = (await send('lambda:invoke', {
      FunctionName: 'f',
      Payload: { a: 1 },
      Qualifier: 'live',
    })) as JsonObject;
    assert.equal(received[0]?.path, '/2015-03-31/functions/f/invocations?Qualifier=live');
    assert.equal(received[0]?.body, '{"a":1}');
    const { ExecutedVersion, Payload, StatusCode } = result;
    assert.deepEqual(
      { ExecutedVersion, Payload, StatusCode },
      { ExecutedVersion: '$LATEST', Payload: { b: 2 }, StatusCode: 200 },
    );
  });

  it('lambda:invoke fails as the function did', async (t) => {
    const thrown = '{"errorMessage":"no","errorType":"Custom","trace":[]}';
    const { send } = await before(t, () => ({
      body: thrown,
      headers: { 'x-amz-function-error': 'Unhandled' },
    }));
    assert.deepEqual(await failureOf(send('lambda:invoke', { FunctionName: 'f' })), {
      error: 'Custom',
      cause: thrown,
      phase: 'run',
    });
  });

  it('lambda:invoke names what Lambda says', async (t) => {
    const reply = { ...awsError(404, '', ''), headers: { 'x-amzn-errortype': 'ResourceNotFoundException' } };
    const { send } = await before(t, () => ({ ...reply, body: '{"Message":"Function not found: f"}' }));
    const { error, cause } = await failureOf(send('lambda:invoke', { FunctionName: 'f' }));
    assert.equal(error, 'Lambda.ResourceNotFoundException');
    assert.equal(
      cause,
      'Function not found: f (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: request-1; Proxy: null)',
    );
  });

  it('hand over what is waited for by a token, and fail while doing so', async (t) => {
    const { send } = await before(t, () => awsError(400, 'InvalidMessageContents', 'No.'));
    const parameters = { QueueUrl: 'http://q', MessageBody: 'x' };
    const { error, phase } = await failureOf(send('sqs:sendMessage.waitForTaskToken', parameters));
    assert.deepEqual({ error, phase }, { error: 'SQS.InvalidMessageContentsException', phase: 'submit' });
  });

  it('pass on what has no rules of its own, and refuse to wait for it', async (t) => {
    const { send, services } = await before(t, () => ({ body: {} }));
    assert.match((await failureOf(send('batch:submitJob', {}))).error, /ClientNotInstalled$/);
    const { cause } = await failureOf(send('batch:submitJob.sync', {}));
    assert.equal(cause, 'Nothing here can wait for the end of batch:submitJob.sync.');
    assert.equal(services.find(`${states}nothing:such`), undefined);
  });
});

describe('aws-sdk', () => {
  it('gives the answer with nothing around it', async (t) => {
    const { send } = await before(t, () => ({ body: { QueueUrls: ['http://q'] } }));
    assert.deepEqual(await send('aws-sdk:sqs:listQueues', {}), { QueueUrls: ['http://q'] });
  });

  it('may be made again after a crash only if it looks', async (t) => {
    const { services } = await before(t, () => ({}));
    const repeatable = (name: string) => services.find(`${states}${name}`)?.repeatable;
    const names = [
      'aws-sdk:s3:getObject',
      'aws-sdk:s3:putObject',
      'dynamodb:getItem',
      'dynamodb:updateItem',
      'ecs:runTask',
      'aws-sdk:x:getaway',
    ];
    assert.deepEqual(names.map(repeatable), [true, false, true, false, true, false]);
  });

  it('knows no action that its service has not', async (t) => {
    const { send } = await before(t, () => ({}));
    const { error, phase } = await failureOf(send('aws-sdk:sqs:flyAway', {}));
    assert.deepEqual({ error, phase }, { error: 'States.Runtime', phase: 'start' });
  });
});

describe('without endpoints', () => {
  it('nothing is called', async () => {
    const services = servicesWith({ endpoints: endpointsFrom({}) });
    const calls: Record<string, JsonObject> = {
      'sqs:sendMessage': { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/1/q', MessageBody: 'x' },
      'ecs:runTask': { TaskDefinition: 't' },
      'states:startExecution': { StateMachineArn: 'arn:aws:states:us-east-1:1:stateMachine:M' },
      'apigateway:invoke': { ApiEndpoint: 'x.execute-api.us-east-1.amazonaws.com', Method: 'GET' },
    };
    for (const [name, parameters] of Object.entries(calls)) {
      const resource = `${states}${name}`;
      const { error, cause } = await failureOf(carryOut(services, resource, callOf(resource, parameters)));
      assert.match(error, /\.EndpointNotConfigured$/, name);
      assert.match(cause, /AWS_ENDPOINT_URL_(SQS|ECS|SFN|API_GATEWAY) or AWS_ENDPOINT_URL/);
    }
    assert.equal(services.findFunction('f'), undefined);
  });
});
