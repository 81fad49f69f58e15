import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { JsonObject } from '../../../../shared/domain/json.ts';
import { type Endpoints, endpointsFrom } from '../endpoints.ts';
import { callOf, carryOut, failureOf, servicesWith } from '../testing/call.ts';
import { type Answering, fakeService } from '../testing/fake-service.ts';

const http = 'arn:aws:states:::http:invoke';
const gateway = 'arn:aws:states:::apigateway:invoke';
const json = { 'content-type': 'application/json; charset=utf-8' };

async function site(t: TestContext, answering: Answering, given: Partial<Endpoints> = {}) {
  const service = await fakeService(t, answering);
  const services = servicesWith({ endpoints: endpointsFrom({}, given) });
  t.after(() => services.close());
  const send = (parameters: JsonObject) => {
    const whole = { ApiEndpoint: `${service.url}/path`, Method: 'POST', ...parameters };
    return carryOut(services, http, callOf(http, whole));
  };
  return { ...service, services, send };
}

describe('http:invoke', () => {
  it('sends JSON and gives the answer as a value, with its headers in lists', async (t) => {
    const { send, received } = await site(t, () => ({
      body: '{"b":2}',
      headers: { ...json, 'X-Own': 'Yes' },
    }));
    const result = (await send({
      RequestBody: { a: 1 },
      Headers: { 'X-Key': 'k' },
      QueryParameters: { one: 1, many: ['x', 'y z'] },
    })) as JsonObject;
    assert.equal(received[0]?.path, '/path?one=1&many=x&many=y+z');
    assert.equal(received[0]?.body, '{"a":1}');
    assert.equal(received[0]?.headers['content-type'], 'application/json');
    assert.equal(received[0]?.headers['x-key'], 'k');
    assert.match(received[0]?.headers['user-agent'] ?? '', /^Amazon\|StepFunctions\|HttpInvoke\|us-east-1$/);
    const { Headers: headers, ...others } = result;
    assert.deepEqual(others, { ResponseBody: { b: 2 }, StatusCode: 200, StatusText: 'OK' });
    assert.deepEqual((headers as JsonObject)['X-Own'], ['Yes']);
  });

  it('gives what is no JSON as text', async (t) => {
    const { send } = await site(t, () => ({ body: '{"b":2}', headers: { 'content-type': 'text/plain' } }));
    assert.equal(((await send({})) as JsonObject)['ResponseBody'], '{"b":2}');
  });

  for (const [format, expected] of Object.entries({
    INDICES: 'a=x+y&list[0]=1&list[1]=2&in[deep]=%26',
    REPEAT: 'a=x+y&list=1&list=2&in[deep]=%26',
    COMMAS: 'a=x+y&list=1%2C2&in[deep]=%26',
    BRACKETS: 'a=x+y&list[]=1&list[]=2&in[deep]=%26',
  })) {
    it(`sends a form with lists as ${format}`, async (t) => {
      const { send, received } = await site(t, () => ({}));
      await send({
        RequestBody: { a: 'x y', list: [1, 2], in: { deep: '&' } },
        Transform: { RequestBodyEncoding: 'URL_ENCODED', RequestEncodingOptions: { ArrayFormat: format } },
      });
      assert.equal(received[0]?.body.replaceAll('%5B', '[').replaceAll('%5D', ']'), expected);
      assert.equal(received[0]?.headers['content-type'], 'application/x-www-form-urlencoded');
    });
  }

  it('adds what its connection holds, and tells nobody', async (t) => {
    const basic = { username: 'user', password: 'hush' };
    const connections = {
      one: { basic, headers: { 'X-Api-Key': 'hush' }, query: { q: 'hush' }, body: { b: 'hush' } },
    };
    const { send, received } = await site(t, () => ({ status: 401, body: 'No.' }), { connections });
    const Authentication = { ConnectionArn: 'arn:aws:events:us-east-1:1:connection/one/uuid' };
    const { error, cause } = await failureOf(send({ RequestBody: { a: 1 }, Authentication }));
    assert.deepEqual({ error, cause }, { error: 'States.Http.StatusCode.401', cause: 'No.' });
    assert.equal(received[0]?.headers.authorization, `Basic ${Buffer.from('user:hush').toString('base64')}`);
    assert.equal(received[0]?.headers['x-api-key'], 'hush');
    assert.equal(received[0]?.path, '/path?q=hush');
    assert.deepEqual(received[0]?.json(), { a: 1, b: 'hush' });
  });

  it('sends nothing without the connection that it should have', async (t) => {
    const { send, received } = await site(t, () => ({}));
    const { error } = await failureOf(
      send({ InvocationConfig: { ConnectionArn: 'arn:x:connection/none/u' } }),
    );
    assert.equal(error, 'Events.ConnectionResource.InvalidConnectionState');
    assert.equal(received.length, 0);
  });

  it('follows no redirection', async (t) => {
    const { send, received } = await site(t, () => ({ status: 302, headers: { location: '/elsewhere' } }));
    assert.equal((await failureOf(send({}))).error, 'States.Http.StatusCode.302');
    assert.equal(received.length, 1);
  });

  it('refuses what is no request', async (t) => {
    const { send, received } = await site(t, () => ({}));
    const wrong: JsonObject[] = [
      { ApiEndpoint: 'file:///etc/passwd' },
      { ApiEndpoint: 'nowhere' },
      { Method: 'TRACE' },
      { Headers: { Host: 'other' } },
      { Transform: { RequestBodyEncoding: 'ZIP' }, RequestBody: {} },
      { Unknown: 1 },
    ];
    for (const parameters of wrong) {
      const { error, phase } = await failureOf(send(parameters));
      assert.deepEqual(
        { error, phase },
        { error: 'States.Runtime', phase: 'start' },
        JSON.stringify(parameters),
      );
    }
    assert.equal(received.length, 0);
  });

  it('says that nobody answers', async (t) => {
    const { send } = await site(t, () => ({}));
    const { error, cause } = await failureOf(send({ ApiEndpoint: 'http://127.0.0.1:1/x?key=hush' }));
    assert.equal(error, 'States.Http.Socket');
    assert.match(cause, /^The request to 127\.0\.0\.1:1 failed: .*ECONNREFUSED/);
    assert.doesNotMatch(cause, /hush/);
  });
});

describe('apigateway:invoke', () => {
  it('reaches an API behind the endpoint by its name', async (t) => {
    const { received, url } = await site(t, () => ({ body: '"Hello"', headers: json }));
    const services = servicesWith({ endpoints: endpointsFrom({ AWS_ENDPOINT_URL_API_GATEWAY: url }) });
    const parameters = {
      ApiEndpoint: 'abc.execute-api.us-east-1.amazonaws.com',
      Method: 'POST',
      Stage: 'prod',
      Path: 'a/b',
      QueryParameters: { q: ['1', '2'] },
      Headers: { 'x-own': ['1'] },
      RequestBody: 'Hello',
    };
    const result = (await carryOut(services, gateway, callOf(gateway, parameters))) as JsonObject;
    assert.equal(received[0]?.path, '/prod/a/b?q=1&q=2');
    assert.equal(received[0]?.headers.host, parameters.ApiEndpoint);
    assert.equal(received[0]?.headers['x-own'], '1');
    assert.equal(received[0]?.body, '"Hello"');
    assert.equal(result['ResponseBody'], 'Hello');
  });

  it('fails by the status, with the body as the cause', async (t) => {
    const body = '{"message":"Missing Authentication Token"}';
    const { url, services } = await site(t, () => ({ status: 403, body }));
    const call = callOf(gateway, { ApiEndpoint: url, Method: 'GET' });
    assert.deepEqual(await failureOf(carryOut(services, gateway, call)), {
      error: 'ApiGateway.403',
      cause: body,
      phase: 'run',
    });
  });
});
