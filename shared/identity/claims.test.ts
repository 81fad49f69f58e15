import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ClaimNames, ownClaimNames, principalOf } from './claims.ts';

const elsewhere: ClaimNames = {
  tenant: { claim: 'https://acme.example/tenant' },
  roles: 'realm_access.roles',
  roleNames: { 'tandem-operators': 'operator', 'tandem-admins': 'admin' },
};

test('an issuer elsewhere may call tenant and roles what it likes', () => {
  const claims = {
    sub: 'ada',
    'https://acme.example/tenant': 'acme',
    realm_access: { roles: ['tandem-operators', 'admin', 'constructor', '__proto__'] },
  };
  assert.deepEqual(principalOf(claims, elsewhere), { tenant: 'acme', subject: 'ada', roles: ['operator'] });
});

test('an issuer that is for one tenant is for that one, whatever its tokens say', () => {
  const names: ClaimNames = { ...ownClaimNames, tenant: { always: 'acme' } };
  assert.equal(principalOf({ sub: 'ada', tenant: 'other', roles: ['user'] }, names)?.tenant, 'acme');
});

test('only who is nothing but platform stands outside the tenants', () => {
  const of = (claims: object) => principalOf({ sub: 'pat', ...claims }, ownClaimNames);
  assert.deepEqual(of({ roles: ['platform'] }), { tenant: 'platform', subject: 'pat', roles: ['platform'] });
  assert.equal(of({ roles: ['platform', 'admin'] }), undefined);
  assert.equal(of({ roles: ['admin'], tenant: 'platform' }), undefined);
  assert.equal(of({ roles: ['admin'] }), undefined);
  assert.equal(of({ roles: [] }), undefined);
});

test('a claim is never looked for where objects keep their own', () => {
  const names: ClaimNames = { tenant: { claim: 'constructor.name' }, roles: '__proto__.roles' };
  assert.equal(principalOf({ sub: 'ada' }, names), undefined);
});
