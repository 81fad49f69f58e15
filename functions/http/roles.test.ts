import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import type { Role } from '../../shared/domain/audit/records.ts';
import { fakeApi } from '../../test/support/fake-api.ts';
import { type OpenDoor, openDoor } from '../../test/support/open-door.ts';
import { examples, targetOf } from './openapi/examples.ts';
import type { Route } from './route.ts';
import { type RouteName, routes } from './routes.ts';

const guide = new URL('../../docs/guides/roles.md', import.meta.url);
const roles: readonly Role[] = ['user', 'operator', 'admin', 'platform'];
const guarded = (Object.entries(routes) as [RouteName, Route][]).filter(
  ([, { credential }]) => credential === 'token',
);

/** What the guide promises, by method and path. */
function promises(): ReadonlyMap<string, readonly Role[]> {
  const rows = readFileSync(guide, 'utf8').matchAll(/^\| `(\w+ \S+)` \| [^|]+ \|(.+)\|$/gm);
  return new Map(
    [...rows].map(([, request = '', cells = '']) => [
      request,
      roles.filter((_, column) => cells.split('|')[column]?.trim() === 'yes'),
    ]),
  );
}

describe('who may do what', () => {
  let door: OpenDoor;
  before(async () => {
    door = await openDoor({ api: fakeApi().api });
  });
  after(() => door.gateway.close());

  test('every route that asks for a token has a row in the guide, and no other', () => {
    const requests = guarded.map(([, { method, path }]) => `${method} ${path}`);
    assert.deepEqual([...promises().keys()].toSorted(), requests.toSorted());
  });

  for (const [name, route] of guarded) {
    for (const role of roles) {
      test(`${name} as ${role} is as the guide says`, async () => {
        const allowed = promises().get(`${route.method} ${route.path}`)?.includes(role);
        const example = examples[name];
        const headers = { authorization: `Bearer ${door.issuer.token({ roles: [role] })}` };
        const answer = await door.request(route.method, targetOf(route.path, example), example.body, headers);
        assert.equal(answer.status, allowed ? route.status : 403);
        if (allowed) return;
        const refusal = (await answer.json()) as { code: string; detail: string };
        assert.equal(refusal.code, 'auth.forbidden');
        assert.match(refusal.detail, new RegExp(`role ${route.role}`), 'names the role that is needed');
      });
    }
  }
});
