import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dynamoDbClient } from './dynamodb.ts';
import { blobClients } from './s3.ts';
import { secretsManagerClient } from './secrets-manager.ts';
import { failureOf, serviceError } from './service-error.ts';
import { sqsClient } from './sqs.ts';
import { isElsewhere, stepFunctionsClient } from './step-functions.ts';

describe('the clients of a process', () => {
  for (const [name, client] of Object.entries({
    dynamoDbClient,
    secretsManagerClient,
    sqsClient,
    stepFunctionsClient,
  })) {
    it(`try again five times with pauses: ${name}, of which there is one`, async () => {
      assert.equal(client(), client());
      assert.equal(await client().config.maxAttempts(), 5);
    });
  }

  it('send to the endpoint of SQS and not to the host in the address of a queue', () => {
    assert.equal(sqsClient().config.useQueueUrlAsEndpoint, false);
  });
});

describe('Step Functions', () => {
  it('are those of AWS unless the environment names another endpoint', () => {
    assert.equal(isElsewhere({}), false);
    assert.equal(isElsewhere({ AWS_ENDPOINT_URL_S3: 'http://s3:7070' }), false);
    for (const name of ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_SFN']) {
      assert.equal(isElsewhere({ [name]: 'http://localhost:4566' }), true);
    }
  });
});

describe('the clients of the blob store', () => {
  it('are one, of AWS, with the credentials of the process', () => {
    const { client, signing } = blobClients({}, {});
    assert.equal(client, signing);
    assert.equal(client.config.forcePathStyle, false);
  });

  it('have credentials of their own where the store has', async () => {
    const { client } = blobClients({ credentials: 'tandem:se:cret' }, {});
    const { accessKeyId, secretAccessKey } = await client.config.credentials();
    assert.deepEqual([accessKeyId, secretAccessKey], ['tandem', 'se:cret']);
  });

  it('address another store by paths', () => {
    for (const name of ['AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL']) {
      assert.equal(blobClients({}, { [name]: 'http://s3:7070' }).client.config.forcePathStyle, true);
    }
  });

  it('sign for the origin at which others reach it', async () => {
    const { client, signing } = blobClients({ signedUrl: 'http://localhost:4400' }, {});
    assert.notEqual(client, signing);
    const { hostname, port } = (await signing.config.endpoint?.()) ?? {};
    assert.deepEqual([hostname, port], ['localhost', 4400]);
    assert.equal(signing.config.forcePathStyle, true);
  });
});

describe('what a client throws', () => {
  const thrown = (name: string, httpStatusCode?: number) =>
    Object.assign(new Error('Whatever it says.'), { name, $metadata: { httpStatusCode } });

  for (const [error, failure, code] of [
    [thrown('AccessDenied', 403), 'denied', 'cloud.denied'],
    [thrown('Unknown', 403), 'denied', 'cloud.denied'],
    [thrown('CredentialsProviderError'), 'denied', 'cloud.denied'],
    [thrown('NoSuchBucket', 404), 'absent', 'cloud.absent'],
    [thrown('SlowDown', 503), 'unavailable', 'cloud.unavailable'],
    [thrown('ThrottlingException', 400), 'unavailable', 'cloud.unavailable'],
    [thrown('Unknown', 500), 'unavailable', 'cloud.unavailable'],
    [thrown('Unknown', 429), 'unavailable', 'cloud.unavailable'],
    [Object.assign(new Error('no'), { code: 'ECONNREFUSED' }), 'unavailable', 'cloud.unavailable'],
  ] as const) {
    it(`is ${failure}: ${error.name} ${'$metadata' in error ? error.$metadata.httpStatusCode : error.code}`, () => {
      assert.equal(failureOf(error), failure);
      const told = serviceError(error, 'the bucket b') as { readonly code: string; readonly message: string };
      assert.equal(told.code, code);
      assert.match(told.message, /the bucket b/);
    });
  }

  it('is passed on when it is something else', () => {
    const error = thrown('ValidationException', 400);
    assert.equal(failureOf(error), 'other');
    assert.equal(serviceError(error, 'it'), error);
    assert.equal(failureOf(undefined), 'other');
  });
});
