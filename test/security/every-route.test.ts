import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { examples, targetOf } from '../../functions/http/openapi/examples.ts';
import type { Route } from '../../functions/http/route.ts';
import { type RouteName, routes } from '../../functions/http/routes.ts';
import { problem } from '../../shared/protocol/envelope.ts';
import { wireLimits } from '../../shared/protocol/limits.ts';
import { type ApiCall, fakeApi } from '../support/fake-api.ts';
import { type OpenDoor, openDoor } from '../support/open-door.ts';
import { forged } from './forged-tokens.ts';

const all = Object.entries(routes) as [RouteName, Route][];

/** What a body is refused for, wherever one is taken. */
const wrongBodies: readonly [what: string, status: number, type: string, body: string][] = [
  ['text', 415, 'text/plain', '{}'],
  ['a form', 415, 'application/x-www-form-urlencoded', 'a=b'],
  ['no JSON', 400, 'application/json', '{"a":'],
  ['a name twice', 400, 'application/json', '{"a":1,"a":2}'],
  ['a member that nobody knows', 400, 'application/json', '{"nobodyKnows":1}'],
  ['a list', 400, 'application/json', '[]'],
  ['more than a request may have', 413, 'application/json', `"${'x'.repeat(wireLimits.bodyBytes)}"`],
];

describe('every route', () => {
  const { api, calls } = fakeApi();
  let door: OpenDoor;
  before(async () => {
    door = await openDoor({ api });
  });
  after(() => door.gateway.close());

  async function refused(request: Promise<Response>, status: number): Promise<void> {
    calls.length = 0;
    const answer = await request;
    const text = await answer.text();
    assert.equal(answer.status, status, text);
    assert.equal(problem().parse(JSON.parse(text)).status, status);
    assert.deepEqual(calls, [] satisfies ApiCall[]);
  }

  for (const [name, route] of all.filter(([, { credential }]) => credential === 'token')) {
    test(`${name} is 401 for every forged token, and for none`, async () => {
      const target = targetOf(route.path, examples[name]);
      for (const forge of Object.values(forged)) {
        const headers = { authorization: `Bearer ${forge(door)}` };
        await refused(door.request(route.method, target, examples[name].body, headers), 401);
      }
      await refused(fetch(door.gateway.url + target, { method: route.method }), 401);
    });
  }

  for (const [name, route] of all.filter(([, { body, raw }]) => body !== undefined && !raw)) {
    test(`${name} refuses bodies that are none`, async () => {
      const target = targetOf(route.path, examples[name]);
      const ticket = route.credential === 'ticket' ? { authorization: 'Ticket t.1' } : {};
      for (const [, status, type, body] of wrongBodies) {
        const token =
          route.role === 'platform'
            ? { authorization: `Bearer ${door.issuer.token({ roles: ['platform'] })}` }
            : {};
        const headers = { 'content-type': type, ...ticket, ...token };
        await refused(door.request(route.method, target, body, headers), status);
      }
    });
  }
});
