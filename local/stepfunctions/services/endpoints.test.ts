import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { endpointOf, endpointsFrom } from './endpoints.ts';

describe('endpoints', () => {
  it('are read as the SDKs of AWS read them', () => {
    const endpoints = endpointsFrom({
      AWS_ENDPOINT_URL: 'http://all',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://secrets',
      AWS_ENDPOINT_URL_SFN: 'http://sfn',
      AWS_ENDPOINT_URL_EVENTBRIDGE: 'http://events',
      AWS_ENDPOINT_URL_S3: '',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'id',
      AWS_SECRET_ACCESS_KEY: 'key',
      AWS_SESSION_TOKEN: 'token',
    });
    const addresses = ['secretsmanager', 'states', 'sfn', 'events', 's3', 'constructor'].map((service) =>
      endpointOf(endpoints, service),
    );
    assert.deepEqual(addresses, [
      'http://secrets',
      'http://sfn',
      'http://sfn',
      'http://events',
      'http://all',
      'http://all',
    ]);
    assert.equal(endpoints.region, 'eu-west-1');
    assert.deepEqual(endpoints.credentials, {
      accessKeyId: 'id',
      secretAccessKey: 'key',
      sessionToken: 'token',
    });
  });

  it('are nowhere, and credentials are made up, when nobody says anything', () => {
    const endpoints = endpointsFrom({ AWS_ACCESS_KEY_ID: 'half' });
    assert.equal(endpointOf(endpoints, 'sqs'), undefined);
    assert.deepEqual(endpoints.credentials, { accessKeyId: 'local', secretAccessKey: 'local' });
    assert.equal(endpoints.linkLocal, false);
  });

  it('are those given, before the environment', () => {
    const given = { default: 'http://given', region: 'x', byService: { sqs: 'http://queue' } };
    const endpoints = endpointsFrom(
      { AWS_ENDPOINT_URL: 'http://all', AWS_ENDPOINT_URL_SQS: 'http://sqs', AWS_REGION: 'y' },
      given,
    );
    assert.equal(endpointOf(endpoints, 'sqs'), 'http://queue');
    assert.equal(endpointOf(endpoints, 'sns'), 'http://given');
    assert.equal(endpoints.region, 'x');
  });
});
