import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { JsonObject } from '../../../../shared/domain/json.ts';
import { endpointsFrom } from '../endpoints.ts';
import { ServiceFailure } from '../service.ts';
import { type Answering, awsError, fakeService } from '../testing/fake-service.ts';
import { maxAnswerBytes } from './guard.ts';
import { Sdk, type SdkRequest } from './sdk.ts';

const live = new AbortController().signal;

type Asked = Pick<SdkRequest, 'service' | 'action' | 'parameters'> & Partial<SdkRequest>;

async function sdkBefore(t: TestContext, answering: Answering) {
  const service = await fakeService(t, answering);
  const sdk = new Sdk(service.endpoints, import.meta.dirname);
  t.after(() => sdk.close());
  const send = (asked: Asked) => sdk.send({ style: 'sdk', phase: 'run', signal: live, ...asked });
  return { ...service, send };
}

async function failed(work: Promise<unknown>): Promise<{ error: string; cause: string; phase: string }> {
  const failure = await work.then(
    () => assert.fail('It should have failed.'),
    (error: unknown) => error,
  );
  assert.ok(failure instanceof ServiceFailure, String(failure));
  return { error: failure.error, cause: failure.explanation, phase: failure.phase };
}

const put: Asked = {
  service: 'dynamodb',
  action: 'putItem',
  parameters: { TableName: 'table', Item: { id: { S: '1' }, ok: { Bool: true }, none: { Nul: true } } },
};

describe('the SDK', () => {
  it('spells members as the service does, and back', async (t) => {
    const answer = { executionArn: 'arn:x', startDate: 1_700_000_000.5 };
    const { send, received } = await sdkBefore(t, () => ({ body: answer }));
    const { result } = await send({
      service: 'sfn',
      action: 'startExecution',
      parameters: { StateMachineArn: 'arn:m', Name: 'one', Input: { a: 1 }, TraceHeader: null },
    });
    assert.equal(received[0]?.headers['x-amz-target'], 'AWSStepFunctions.StartExecution');
    assert.deepEqual(received[0]?.json(), { stateMachineArn: 'arn:m', name: 'one', input: '{"a":1}' });
    assert.deepEqual(result, { ExecutionArn: 'arn:x', StartDate: '2023-11-14T22:13:20.500Z' });
  });

  it('gives optimized integrations times in milliseconds', async (t) => {
    const { send } = await sdkBefore(t, () => ({
      body: { executionArn: 'arn:x', startDate: 1_700_000_000.5 },
    }));
    const parameters = { StateMachineArn: 'arn:m' };
    const { result } = await send({
      service: 'states',
      action: 'startExecution',
      parameters,
      style: 'optimized',
    });
    assert.equal(result['StartDate'], 1_700_000_000_500);
  });

  it('takes members of items in the spelling of either integration', async (t) => {
    const { send, received } = await sdkBefore(t, () => ({ body: {} }));
    await send(put);
    const item = { id: { S: '1' }, ok: { BOOL: true }, none: { NULL: true } };
    assert.deepEqual(received[0]?.json(), { TableName: 'table', Item: item });
    await send({ ...put, parameters: { TableName: 'table', Item: item }, style: 'optimized' });
    assert.deepEqual(received[1]?.json()['Item'], item);
  });

  it('shows the body of an object as text, and sends any value as one', async (t) => {
    const { send, received } = await sdkBefore(t, ({ method }) =>
      method === 'GET'
        ? {
            body: 'grün',
            headers: { etag: '"e"', 'last-modified': 'Tue, 14 Nov 2023 22:13:20 GMT', 'x-amz-meta-a': 'b' },
          }
        : { headers: { etag: '"f"' } },
    );
    const place: JsonObject = { Bucket: 'bucket', Key: 'a key' };
    const got = await send({ service: 's3', action: 'getObject', parameters: place });
    assert.deepEqual(got.result, {
      Body: 'grün',
      ETag: '"e"',
      LastModified: '2023-11-14T22:13:20Z',
      Metadata: { a: 'b' },
      ...('ContentLength' in got.result ? { ContentLength: got.result['ContentLength'] ?? 0 } : {}),
    });
    await send({ service: 's3', action: 'putObject', parameters: { ...place, Body: { a: false } } });
    assert.match(received[1]?.body ?? '', /\{"a":false\}/);
    assert.match(received[1]?.path ?? '', /^\/bucket\/a%20key/);
  });

  it('names errors as the integration does', async (t) => {
    const { send } = await sdkBefore(t, () =>
      awsError(400, 'ResourceNotFoundException', 'Requested resource not found'),
    );
    assert.deepEqual(await failed(send(put)), {
      error: 'DynamoDb.ResourceNotFoundException',
      cause:
        'Requested resource not found (Service: DynamoDb, Status Code: 400, Request ID: request-1) (SDK Attempt Count: 1)',
      phase: 'run',
    });
    const parameters = { TableName: 'table', Item: {} };
    assert.deepEqual(await failed(send({ ...put, parameters, style: 'optimized', phase: 'submit' })), {
      error: 'DynamoDB.ResourceNotFoundException',
      cause:
        'Requested resource not found (Service: AmazonDynamoDBv2; Status Code: 400; ' +
        'Error Code: ResourceNotFoundException; Request ID: request-1; Proxy: null)',
      phase: 'submit',
    });
  });

  it('has a general name for errors that the service has not announced', async (t) => {
    const { send } = await sdkBefore(t, () => awsError(400, 'ValidationException', 'No.'));
    assert.equal((await failed(send(put))).error, 'DynamoDb.DynamoDbException');
    const parameters = { TableName: 'table', Item: {} };
    const { error } = await failed(send({ ...put, parameters, style: 'optimized' }));
    assert.equal(error, 'DynamoDB.AmazonDynamoDBException');
  });

  it('knows errors in XML by their code', async (t) => {
    const body = '<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>';
    const { send } = await sdkBefore(t, () => ({ status: 404, body }));
    const parameters = { Bucket: 'b', Key: 'k' };
    const { error, cause } = await failed(send({ service: 's3', action: 'getObject', parameters }));
    assert.equal(error, 'S3.NoSuchKeyException');
    assert.match(
      cause,
      /^The specified key does not exist\. \(Service: S3, Status Code: 404, Request ID: request-1\)/,
    );
  });

  it('asks once, whatever the answer: Retry is the state’s', async (t) => {
    const { send, received } = await sdkBefore(t, () => awsError(500, 'InternalServerError', 'Later.'));
    assert.equal((await failed(send(put))).error, 'DynamoDb.InternalServerErrorException');
    assert.equal(received.length, 1);
  });

  it('tells of parameters that do not exist or have another form, and sends nothing', async (t) => {
    const { send, received } = await sdkBefore(t, () => ({ body: {} }));
    const parameters = { TableName: 'table', Item: 'text', tableName: 'table' };
    assert.deepEqual(await failed(send({ ...put, parameters })), {
      error: 'States.Runtime',
      cause:
        `The Parameters '${JSON.stringify(parameters)}' could not be used to start the Task: ` +
        "[The value of the field 'Item' has an invalid format, " +
        "The field 'tableName' is not supported by Step Functions]",
      phase: 'start',
    });
    assert.equal(received.length, 0);
  });

  it('takes the endpoint for the address of a queue, whose host may be anywhere', async (t) => {
    const body = { MessageId: 'm', MD5OfMessageBody: '9dd4e461268c8034f5c8564e155c67a6' };
    const { send, received } = await sdkBefore(t, () => ({ body }));
    const parameters = { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/1/queue', MessageBody: 'x' };
    const { result } = await send({ service: 'sqs', action: 'sendMessage', parameters, style: 'optimized' });
    assert.deepEqual(result, body);
    assert.equal(received[0]?.json()['QueueUrl'], parameters.QueueUrl);
  });

  it('reads no answer without end', async (t) => {
    const { send } = await sdkBefore(t, () => ({ body: Buffer.alloc(maxAnswerBytes + 1, 'x') }));
    const parameters = { Bucket: 'b', Key: 'k' };
    const { error, cause } = await failed(send({ service: 's3', action: 'getObject', parameters }));
    assert.equal(error, 'S3.SdkClientException');
    assert.equal(cause, 'The answer is larger than 8 MiB');
  });

  it('gives up when nobody waits any more', async (t) => {
    const { send, received } = await sdkBefore(t, () => 'never');
    const stop = new AbortController();
    const sent = send({ ...put, signal: stop.signal });
    while (received.length === 0) await new Promise((resolve) => setImmediate(resolve));
    stop.abort(new Error('stopped'));
    await assert.rejects(sent, /stopped/);
  });

  it('says what to set when there is no endpoint', async () => {
    const sdk = new Sdk(endpointsFrom({}), import.meta.dirname);
    const { error, cause } = await failed(sdk.send({ style: 'sdk', phase: 'run', signal: live, ...put }));
    assert.equal(error, 'DynamoDb.EndpointNotConfigured');
    assert.match(cause, /AWS_ENDPOINT_URL_DYNAMODB or AWS_ENDPOINT_URL/);
  });

  it('says what to install when there is no client', async (t) => {
    const { send } = await sdkBefore(t, () => ({}));
    const asked = { service: 'glue', action: 'listJobs', parameters: {} };
    const { error, cause } = await failed(send(asked));
    assert.equal(error, 'Glue.ClientNotInstalled');
    assert.match(cause, /npm install @aws-sdk\/client-glue$/);
  });

  it('says that nobody listens, without what was sent', async (t) => {
    const endpoints = endpointsFrom(
      { AWS_SECRET_ACCESS_KEY: 'hush', AWS_ACCESS_KEY_ID: 'id' },
      { default: 'http://127.0.0.1:1' },
    );
    const sdk = new Sdk(endpoints, import.meta.dirname);
    t.after(() => sdk.close());
    const { error, cause } = await failed(sdk.send({ style: 'sdk', phase: 'run', signal: live, ...put }));
    assert.equal(error, 'DynamoDb.SdkClientException');
    assert.match(cause, /^Unable to execute HTTP request: .*ECONNREFUSED/);
    assert.doesNotMatch(cause, /hush/);
  });
});
