import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createKey } from '../../../shared/application/keys/create-key.ts';
import { revokeKey } from '../../../shared/application/keys/keys.ts';
import { memoryApp } from '../../../test/support/memory-app.ts';
import { wiredInMemory } from '../../../test/support/wired-in-memory.ts';
import { authorizerFunction } from './function.ts';

const arn = 'arn:aws:execute-api:eu-central-1:000000000000:api/dev';
const admin = { tenant: 'acme', subject: 'ann', roles: ['admin'] } as const;
const perTenant = { acme: 'key-of-acme-0123456789', '*': 'key-of-all-others-0123' };

async function withKey(settings = {}) {
  const app = memoryApp();
  const { key, secret } = await createKey(app, admin, { name: 'nightly', roles: ['user'] });
  const { wire, log } = wiredInMemory({ app, settings });
  const authorize = authorizerFunction(wire);
  const ask = (authorizationToken: string) =>
    authorize({ authorizationToken, methodArn: `${arn}/GET/v1/runs` });
  return { app, key, secret, ask, log };
}

describe('the authoriser', () => {
  it('lets a good token into every route of its stage, and says whose it is', async () => {
    const { secret, ask } = await withKey();
    const { policyDocument, context, usageIdentifierKey } = await ask(`Bearer ${secret}`);
    assert.deepEqual(policyDocument.Statement, [
      { Action: 'execute-api:Invoke', Effect: 'Allow', Resource: `${arn}/*` },
    ]);
    assert.deepEqual([context, usageIdentifierKey], [{ tenant: 'acme', roles: 'user' }, undefined]);
  });

  it('says by which key a tenant is counted: its own, or that of all others', async () => {
    const own = await withKey({ TANDEM_USAGE_KEYS: perTenant });
    assert.equal((await own.ask(`Bearer ${own.secret}`)).usageIdentifierKey, perTenant.acme);
    const others = await withKey({ TANDEM_USAGE_KEYS: { '*': perTenant['*'] } });
    assert.equal((await others.ask(`Bearer ${others.secret}`)).usageIdentifierKey, perTenant['*']);
  });

  it('refuses by one word what is no good token, and says why in its log alone', async () => {
    const { app, key, secret, ask, log } = await withKey();
    const refused = { message: 'Unauthorized' };
    for (const token of ['Bearer nonsense', `Ticket ${secret}`, `Bearer ${secret}x`, ''])
      await assert.rejects(ask(token), refused, token);
    await revokeKey(app, admin, key, {});
    await assert.rejects(ask(`Bearer ${secret}`), refused);
    assert.equal(log.length, 5);
    assert.ok(log.every((line) => !line.includes(secret)));
  });

  it('does not take a store that fails for a bad token', async () => {
    const app = memoryApp();
    const { secret } = await createKey(app, admin, { name: 'nightly', roles: ['user'] });
    const records = { ...app.records, find: () => Promise.reject(new Error('The store is away')) };
    const { wire } = wiredInMemory({ app: { ...app, records: records as never } });
    const asked = { authorizationToken: `Bearer ${secret}`, methodArn: `${arn}/GET/v1/runs` };
    await assert.rejects(authorizerFunction(wire)(asked), { message: 'The store is away' });
  });
});
