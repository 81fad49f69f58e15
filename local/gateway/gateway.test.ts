import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeApi, runOf } from '../../test/support/fake-api.ts';
import { openDoor } from '../../test/support/open-door.ts';

test('a request reaches its use case and is answered in the envelope', async () => {
  const { api, calls } = fakeApi();
  await using door = await openDoor({ api });
  const response = await door.request('POST', '/v1/runs', { agent: 'greeter', input: { name: 'Ada' } });
  assert.equal(response.status, 202);
  assert.equal(response.headers.get('content-type'), 'application/json');
  assert.equal(response.headers.get('location'), `/v1/runs/${runOf().run}`);
  assert.deepEqual(await response.json(), { data: runOf(), meta: { requestId: 'req_1' } });
  assert.deepEqual(calls, [
    [
      'startRun',
      { tenant: 'acme', subject: 'alice', roles: ['user', 'operator'] },
      { agent: 'greeter', input: { name: 'Ada' } },
    ],
  ]);
});
