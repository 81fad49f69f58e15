import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problem } from '../../shared/protocol/envelope.ts';
import { fakeApi } from '../support/fake-api.ts';
import { openDoor } from '../support/open-door.ts';
import { forged } from './forged-tokens.ts';

for (const [name, forge] of Object.entries(forged)) {
  test(`a token is refused: ${name}`, async () => {
    const { api, calls } = fakeApi();
    await using door = await openDoor({ api });
    const token = forge(door);
    for (let attempt = 0; attempt < 2; attempt++) {
      const response = await door.request('GET', '/v1/runs', undefined, { authorization: `Bearer ${token}` });
      const answer = await response.text();
      assert.equal(response.status, 401, answer);
      assert.match(problem().parse(JSON.parse(answer)).code, /^auth\./);
      assert.doesNotMatch(answer, /\.ts:|node_modules|BEGIN/);
    }
    assert.deepEqual(calls, []);
    if (token.trim() !== '')
      assert.ok(
        door.log.every((line) => !line.includes(token)),
        'the token is in the log',
      );
  });
}

for (const authorization of ['Basic YWxpY2U6c2VjcmV0', 'Bearer', 'Bearer  ', 'Ticket t', 'bearer\tx']) {
  test(`an Authorization header is refused: ${JSON.stringify(authorization)}`, async () => {
    await using door = await openDoor();
    const response = await door.request('GET', '/v1/runs', undefined, { authorization });
    assert.equal(response.status, 401);
  });
}

test('a token never reaches another tenant than its own', async () => {
  const { api, calls } = fakeApi();
  await using door = await openDoor({ api });
  const authorization = `Bearer ${door.issuer.token({ tenant: 'other' })}`;
  await door.request('GET', '/v1/runs', undefined, { authorization });
  assert.partialDeepStrictEqual(calls, [['listRuns', { tenant: 'other' }]]);
});

test('a bearer token is no ticket, and a ticket is no bearer token', async () => {
  await using door = await openDoor();
  const bearer = { authorization: `Bearer ${door.issuer.token()}` };
  assert.equal((await door.request('POST', '/v1/report', { type: 'heartbeat' }, bearer)).status, 401);
  const ticket = { authorization: `Ticket ${door.issuer.token()}` };
  assert.equal((await door.request('GET', '/v1/runs', undefined, ticket)).status, 401);
});
