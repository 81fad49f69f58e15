import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { claimsOf } from './claims.ts';
import { handler } from './main.ts';

const machine = (...scopes: string[]) => ({ request: { scopes }, response: {} });

describe('what an access token says', () => {
  it('of a person is their tenant and those of their groups that are roles', () => {
    const request = {
      userAttributes: { sub: '1', 'custom:tenant': 'acme' },
      groupConfiguration: { groupsToOverride: ['operator', 'platform', 'chess'] },
      scopes: ['tandem/admin', 'tandem/tenant.other'],
    };
    assert.deepEqual(claimsOf({ request, response: {} }), { tenant: 'acme', roles: ['operator'] });
  });

  it('of a person without a tenant names none', () => {
    const request = { userAttributes: { sub: '1', 'custom:tenant': '' } };
    assert.deepEqual(claimsOf({ request, response: {} }), { roles: [] });
  });

  it('of a machine is what its client was configured with', () => {
    const event = machine('tandem/user', 'tandem/tenant.acme', 'openid');
    assert.deepEqual(claimsOf(event), { tenant: 'acme', roles: ['user'] });
  });

  it('of who runs the platform is that role, and no tenant', () => {
    assert.deepEqual(claimsOf(machine('tandem/platform')), { roles: ['platform'] });
    assert.deepEqual(claimsOf(machine('tandem/platform', 'tandem/admin', 'tandem/tenant.acme')), {
      roles: ['platform'],
    });
  });

  it('of a machine is nothing that a scope of another API says', () => {
    const event = machine('orders/admin', 'orders/platform', 'orders/tenant.globex', 'tandem/tenant.acme');
    assert.deepEqual(claimsOf(event), { tenant: 'acme', roles: [] });
  });

  it('of a machine with no tenant, or with two, names none', () => {
    assert.deepEqual(claimsOf(machine('tandem/user')), { roles: ['user'] });
    const two = machine('tandem/user', 'tandem/tenant.acme', 'tandem/tenant.other');
    assert.deepEqual(claimsOf(two), { roles: ['user'] });
  });

  it('is handed to the user pool beside what the event held', async () => {
    const event = { ...machine('tandem/admin', 'tandem/tenant.acme'), version: '3' };
    const { version, response } = await handler(event);
    const accessTokenGeneration = { claimsToAddOrOverride: { tenant: 'acme', roles: ['admin'] } };
    assert.deepEqual(
      [version, response],
      ['3', { claimsAndScopeOverrideDetails: { accessTokenGeneration } }],
    );
  });
});
