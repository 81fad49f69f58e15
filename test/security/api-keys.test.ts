import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { createApi } from '../../shared/application/create-api.ts';
import { assertServed } from '../../shared/application/tenants/serve.ts';
import { createTenant, suspendTenant } from '../../shared/application/tenants/tenants.ts';
import { keyParts, keyText, secretOf } from '../../shared/domain/keys/key-text.ts';
import { apiKeys } from '../../shared/identity/api-keys.ts';
import { identityChain } from '../../shared/identity/chain.ts';
import type { VirtualClock } from '../../shared/memory/virtual-clock.ts';
import type { CreatedKey, CreateKey } from '../../shared/protocol/keys.ts';
import { memoryApp } from '../support/memory-app.ts';
import { openDoor } from '../support/open-door.ts';
import { testIssuer } from '../support/test-issuer.ts';

interface Answer {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly data: CreatedKey;
}

/** The real use cases in memory behind a real door, which knows API keys and tokens. */
async function house() {
  const memory = memoryApp();
  const app = { ...memory, background: { run: async () => {} } };
  const clock = app.clock as VirtualClock;
  await createTenant(app, 'system', { tenant: 'acme' });
  const issuer = testIssuer();
  const own = { accepts: () => true, verify: (token: string) => issuer.identity.verify(token) };
  const keys = apiKeys({ records: app.records, now: () => clock.now() });
  const door = await openDoor({
    api: createApi(app),
    front: { identity: identityChain([keys, own]), served: (caller) => assertServed(app, caller) },
  });
  const ask = async (credential: string, method = 'GET', path = '/v1/agents', body?: unknown) => {
    const headers = { authorization: `Bearer ${credential}` };
    const response = await door.request(method, path, body, headers);
    return { status: response.status, ...((await response.json()) as object) } as Answer;
  };
  const token = (roles: string[]) => issuer.token({ roles });
  const make = async (wanted: Partial<CreateKey> = {}, by = token(['admin'])) =>
    ask(by, 'POST', '/v1/keys', { name: 'build', roles: ['user'], ...wanted });
  return { app, clock, door, ask, make, token, [Symbol.asyncDispose]: () => door.gateway.close() };
}

describe('an API key', () => {
  test('lets in with its roles, and no more', async () => {
    await using it = await house();
    const { data } = await it.make({ roles: ['operator'] });
    assert.equal((await it.ask(data.secret)).status, 200);
    assert.equal((await it.ask(data.secret, 'GET', '/v1/keys')).code, 'auth.forbidden');
  });

  test('that is revoked lets nobody in, from the next request on, and stays so', async () => {
    await using it = await house();
    const { data } = await it.make();
    assert.equal((await it.ask(data.secret)).status, 200);
    const revoke = () => it.ask(it.token(['admin']), 'POST', `/v1/keys/${data.key}/revoke`, {});
    const first = await revoke();
    const refusal = await it.ask(data.secret);
    assert.deepEqual([refusal.status, refusal.code], [401, 'auth.invalid']);
    assert.match(refusal.detail, /build was revoked/);
    assert.deepEqual((await revoke()).data, first.data);
  });

  test('that has expired lets nobody in, from that very moment', async () => {
    await using it = await house();
    const end = it.clock.now() + 60_000;
    const { data } = await it.make({ expiresAt: new Date(end).toISOString() });
    it.clock.advance(59_999);
    assert.equal((await it.ask(data.secret)).status, 200);
    it.clock.advance(1);
    assert.match((await it.ask(data.secret)).detail, /has expired/);
  });

  test('is not guessed: another secret, another id, and no such id are refused in the same words', async () => {
    await using it = await house();
    const mine = (await it.make()).data;
    const other = (await it.make()).data;
    const partsOf = ({ secret }: CreatedKey) => keyParts(secret) ?? assert.fail();
    const guesses = [
      keyText({ id: mine.key, secret: secretOf(randomBytes(32).toString('hex')) }),
      keyText({ id: mine.key, secret: partsOf(other).secret }),
      keyText({ id: '01kah0000000000000000000aa', secret: partsOf(mine).secret }),
    ];
    const refusals = await Promise.all(guesses.map((guess) => it.ask(guess)));
    assert.deepEqual(new Set(refusals.map(({ status }) => status)), new Set([401]));
    assert.equal(new Set(refusals.map(({ detail }) => detail)).size, 1);
  });

  test('of which a sign is wrong is told from one that nobody has made', async () => {
    await using it = await house();
    const { secret } = (await it.make()).data;
    for (const wrong of [secret.slice(0, -1), `${secret}x`, 'tk_', `tk_${'a'.repeat(5_000)}`]) {
      const { status, detail } = await it.ask(wrong);
      assert.equal(status, 401);
      assert.match(detail, /mistyped or cut off/);
      assert.doesNotMatch(detail, /tk_/);
    }
  });

  test('of a suspended tenant is refused as its people are', async () => {
    await using it = await house();
    const { data } = await it.make();
    await suspendTenant(it.app, 'platform:pat', 'acme', {});
    assert.deepEqual([(await it.ask(data.secret)).code], ['tenant.suspended']);
  });

  test('has no role that its maker lacks, and never stands outside the tenants', async () => {
    await using it = await house();
    for (const maker of [['operator'], ['user']]) {
      assert.equal((await it.make({}, it.token(maker))).code, 'auth.forbidden');
    }
    for (const maker of [['admin'], ['admin', 'platform']]) {
      const refusal = await it.make({ roles: ['user', 'platform'] }, it.token(maker));
      assert.deepEqual([refusal.status, refusal.code], [403, 'auth.forbidden']);
    }
  });

  test('that ends makes none that outlives it', async () => {
    await using it = await house();
    const at = (ms: number) => new Date(it.clock.now() + ms).toISOString();
    const { data } = await it.make({ roles: ['admin'], expiresAt: at(60_000) });
    for (const wanted of [{}, { expiresAt: at(60_001) }]) {
      assert.equal((await it.make(wanted, data.secret)).code, 'auth.forbidden');
    }
    assert.equal((await it.make({ expiresAt: at(59_000) }, data.secret)).status, 201);
  });

  test('is told once: not again under the same Idempotency-Key, nor in any list', async () => {
    await using it = await house();
    const send = async () => {
      const headers = { 'idempotency-key': 'k-1', authorization: `Bearer ${it.token(['admin'])}` };
      const response = await it.door.request('POST', '/v1/keys', { name: 'a', roles: ['user'] }, headers);
      return { status: response.status, text: await response.text() };
    };
    const answers = await Promise.all([send(), send()]);
    const made = answers.find(({ status }) => status === 201);
    const { data } = JSON.parse(made?.text ?? '') as { data: CreatedKey };
    answers.push(await send());
    const refused = answers.filter(({ status }) => status === 409).map(({ text }) => JSON.parse(text));
    assert.deepEqual(
      refused.map(({ code, error }) => [code, error.details.key]),
      [
        ['key.told', data.key],
        ['key.told', data.key],
      ],
    );
    const { secret } = keyParts(data.secret) ?? assert.fail();
    const { digest } = { digest: (await it.app.records.find('key', data.key))?.secretDigest ?? '' };
    const list = JSON.stringify(await it.ask(it.token(['admin']), 'GET', '/v1/keys'));
    const log = JSON.stringify(await it.app.auditLog.forTenant('acme').read(0));
    for (const text of [list, log, it.door.log.join('')]) assert.ok(!text.includes(secret));
    assert.ok(!list.includes(digest) && log.includes(digest));
  });

  test('stays out of the log, wherever somebody puts it', async () => {
    await using it = await house();
    const { secret } = (await it.make()).data;
    await it.ask(secret, 'GET', `/v1/agents/${secret}`);
    await it.ask(secret, 'GET', `/v1/unknown/${secret}?key=${secret}`);
    assert.ok(it.door.log.length > 2);
    assert.ok(!it.door.log.join('').includes(secret.slice(30)));
  });

  test('is named in logs as nobody else can be', async () => {
    await using it = await house();
    const { data } = await it.make();
    const impostor = testIssuer();
    await assert.rejects(impostor.identity.verify(impostor.token({ sub: `key:${data.key}` })), {
      code: 'auth.invalid',
    });
    await it.ask(data.secret);
    assert.match(it.door.log.at(-1) ?? '', new RegExp(`"subject":"key:${data.key}"`));
  });
});
