import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { endpointsFrom } from './endpoints.ts';
import { failureOf, servicesWith } from './testing/call.ts';
import { type Answering, fakeService } from './testing/fake-service.ts';

const arn = 'arn:aws:lambda:us-east-1:111111111111:function:resize:live';

async function before(t: TestContext, answering: Answering) {
  const { url, endpoints, received } = await fakeService(t, answering);
  const byUrl = servicesWith({ endpoints: endpointsFrom({}, { functions: { resize: `${url}/resize` } }) });
  const byEndpoint = servicesWith({ endpoints });
  t.after(() => Promise.all([byUrl.close(), byEndpoint.close()]));
  return { received, byUrl: byUrl.findFunction(arn), byEndpoint: byEndpoint.findFunction(arn) };
}

describe('a function elsewhere', () => {
  it('is called at its URL', async (t) => {
    const { received, byUrl } = await before(t, () => ({ body: '{"b":2}' }));
    assert.equal(await byUrl?.invoke('{"a":1}'), '{"b":2}');
    const { method, path, body } = received[0] ?? {};
    assert.deepEqual({ method, path, body }, { method: 'POST', path: '/resize', body: '{"a":1}' });
  });

  it('is called behind the endpoint of Lambda', async (t) => {
    const { received, byEndpoint } = await before(t, () => ({ body: '' }));
    assert.equal(await byEndpoint?.invoke('{"a":1}'), 'null');
    assert.equal(received[0]?.path, `/2015-03-31/functions/${encodeURIComponent(arn)}/invocations`);
    assert.equal(received[0]?.body, '{"a":1}');
  });

  it('is none where nobody has said where it is', () => {
    const services = servicesWith({ endpoints: endpointsFrom({}, { functions: { other: 'http://x' } }) });
    assert.equal(services.findFunction(arn), undefined);
    assert.equal(services.findFunction('constructor'), undefined);
  });

  const thrown = '{"errorMessage":"no","errorType":"Custom"}';

  it('fails with what it throws, on either way', async (t) => {
    const { byUrl, byEndpoint } = await before(t, () => ({
      body: thrown,
      headers: { 'X-Amz-Function-Error': 'Unhandled' },
    }));
    for (const one of [byUrl, byEndpoint]) {
      assert.ok(one);
      assert.deepEqual(await failureOf(one.invoke('{}')), { error: 'Custom', cause: thrown, phase: 'run' });
    }
  });

  it('fails with what it throws when only the status tells', async (t) => {
    const { byUrl } = await before(t, () => ({ status: 502, body: thrown }));
    assert.ok(byUrl);
    assert.equal((await failureOf(byUrl.invoke('{}'))).error, 'Custom');
  });

  it('fails without a type as Lambda says it', async (t) => {
    const body = '{"errorMessage":"Task timed out after 3.00 seconds"}';
    const { byUrl } = await before(t, () => ({ body, headers: { 'X-Amz-Function-Error': 'Unhandled' } }));
    assert.ok(byUrl);
    const { error, cause } = await failureOf(byUrl.invoke('{}'));
    assert.equal(error, 'Lambda.Unknown');
    assert.match(cause, /did not return an error type\. Returned payload: \{"errorMessage"/);
  });

  it('fails when its address is no function, or nobody is there', async (t) => {
    const { byUrl } = await before(t, () => ({ status: 404, body: 'Not here' }));
    assert.ok(byUrl);
    const { error, cause } = await failureOf(byUrl.invoke('{}'));
    assert.deepEqual(
      { error, cause },
      { error: 'Lambda.AWSLambdaException', cause: "The function's address answered 404 Not Found" },
    );
    const nobody = servicesWith({
      endpoints: endpointsFrom({}, { functions: { resize: 'http://127.0.0.1:1' } }),
    });
    const found = nobody.findFunction('resize');
    assert.ok(found);
    assert.equal((await failureOf(found.invoke('{}'))).error, 'Lambda.SdkClientException');
  });
});
