import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { putAnswer, stackChangeFunction } from './stack-change.ts';

const ids = { StackId: 'arn:stack', RequestId: 'one', LogicalResourceId: 'User' };

const change = (RequestType: string, ResponseURL: string) =>
  ({ RequestType, ResponseURL, ...ids }) as CloudFormationCustomResourceEvent;

/** Of a call that has so many milliseconds left. */
const lasting = (remaining: number) => ({ getRemainingTimeInMillis: () => remaining });

/** What CloudFormation is answered, at an address that is signed for no type of content. */
async function answerTo(RequestType: string, makeReady: () => Promise<void>, remaining = 120_000) {
  const server = createServer().listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const told = once(server, 'request').then(async ([request, response]) => {
      const body = await text(request);
      response.end();
      return { method: request.method, type: request.headers['content-type'], body: JSON.parse(body) };
    });
    const handler = stackChangeFunction({ makeReady, answer: putAnswer });
    await handler(change(RequestType, `http://127.0.0.1:${port}/answer`), lasting(remaining));
    return await told;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const success = { Status: 'SUCCESS', PhysicalResourceId: 'User', ...ids };

describe('a resource that CloudFormation does not know', () => {
  for (const request of ['Create', 'Update']) {
    it(`is made ready: ${request}`, async () => {
      let times = 0;
      const { method, type, body } = await answerTo(request, async () => {
        times += 1;
      });
      assert.deepEqual({ method, type, body }, { method: 'PUT', type: '', body: success });
      assert.equal(times, 1);
    });
  }

  it('fails the deployment with the cause', async (context) => {
    context.mock.method(console, 'error', () => {});
    const { body } = await answerTo('Create', async () => {
      throw new Error('PostgreSQL does not let owner in');
    });
    assert.deepEqual(body, { ...success, Status: 'FAILED', Reason: 'PostgreSQL does not let owner in' });
  });

  it('fails the deployment with a reason before Lambda ends the call of a database that is not ready', async (context) => {
    context.mock.method(console, 'error', () => {});
    const { body } = await answerTo('Create', () => Promise.withResolvers<void>().promise, 5_010);
    const reason = 'The database was not ready after 0 s: look at the log of this function.';
    assert.deepEqual(body, { ...success, Status: 'FAILED', Reason: reason });
  });

  it('goes with its stack: nothing is asked of a database that is going', async () => {
    const { body } = await answerTo('Delete', () => assert.fail('It is asked'));
    assert.deepEqual(body, success);
  });

  it('is answered for again by Lambda where the answer is not taken', async () => {
    const answer = async () => {
      throw new Error('no');
    };
    const handler = stackChangeFunction({ makeReady: async () => {}, answer });
    await assert.rejects(handler(change('Create', 'http://127.0.0.1:9/'), lasting(120_000)), /^Error: no$/);
  });
});
