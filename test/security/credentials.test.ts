import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { LocalIssuer } from '../../local/identity/local-issuer.ts';
import { whoCalls } from '../../local/identity/who-calls.ts';
import { SettingError } from '../../shared/errors/setting-error.ts';
import { isTandemError } from '../../shared/errors/tandem-error.ts';
import { sharedSecret } from '../../shared/identity/shared-secret.ts';
import { readSettings } from '../../shared/protocol/environment/read-settings.ts';
import { localIssuerIn } from '../support/local-issuer.ts';
import { openDoor } from '../support/open-door.ts';

const secret = 'a secret that only the two of us know, or three'.replaceAll(' ', '-');
const invalid = (error: unknown) => isTandemError(error, 'auth.invalid');

describe('credentials', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-credentials-'));
  let issuer: LocalIssuer;
  before(async () => {
    issuer = await localIssuerIn(join(folder, 'identity'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const identityOf = (env: Readonly<Record<string, string>>) =>
    whoCalls({ settings: readSettings('server', env), issuer, now: Date.now });

  const tokenOf = (tenant: string) =>
    issuer.issueToken({ tenant, subject: 'ada', roles: ['user'], ttlSeconds: 60 });

  function module(text: string): string {
    const path = join(folder, `hook-${Math.random()}.mjs`);
    writeFileSync(path, text);
    return path;
  }

  test('the shared secret is one caller of one role in one tenant', async () => {
    const identity = await identityOf({ TANDEM_SHARED_SECRET: secret, TANDEM_SHARED_SECRET_TENANT: 'acme' });
    assert.deepEqual(await identity.verify(secret), {
      tenant: 'acme',
      subject: 'shared-secret',
      roles: ['user'],
    });
    assert.equal((await identity.verify(tokenOf('other'))).tenant, 'other');
    for (const other of [
      '',
      secret.slice(1),
      `${secret} `,
      secret.toUpperCase(),
      'x'.repeat(secret.length),
    ]) {
      await assert.rejects(identity.verify(other), invalid);
    }
  });

  test('a shared secret that could be guessed is refused at the start, and not repeated', () => {
    for (const weak of ['', 'short', 'x'.repeat(31)]) {
      assert.throws(() => sharedSecret(weak, { tenant: 'a', subject: 's', roles: [] }), RangeError);
      if (weak === '') continue;
      assert.throws(
        () => readSettings('server', { TANDEM_SHARED_SECRET: weak }),
        (error: Error) => error instanceof SettingError && !error.message.includes(weak),
      );
    }
  });

  test('without a shared secret nothing is one', async () => {
    const identity = await identityOf({});
    for (const token of ['', 'undefined', secret]) await assert.rejects(identity.verify(token), invalid);
  });

  test('without authentication is for loopback only', async () => {
    for (const host of ['0.0.0.0', '::', '192.168.1.5', '127.0.0.1.example']) {
      await assert.rejects(
        identityOf({ TANDEM_AUTH: 'none', TANDEM_HOST: host }),
        (error) => error instanceof SettingError && /loopback/.test(error.message),
      );
    }
    const identity = await identityOf({ TANDEM_AUTH: 'none' });
    const anybody = { tenant: 'local', subject: 'anonymous', roles: ['admin'] };
    assert.deepEqual(await identity.recognise?.({}), anybody);
    assert.deepEqual(await identity.verify('whatever'), anybody);
  });

  test('without authentication a page of another site gets nothing done', async () => {
    const identity = await identityOf({ TANDEM_AUTH: 'none' });
    const host = '127.0.0.1:4400';
    const foreign = [
      { host, origin: 'https://evil.example' },
      { host, origin: 'null' },
      { host, origin: 'http://127.0.0.1:9999' },
      { host, 'sec-fetch-site': 'cross-site' },
      { host, 'sec-fetch-site': 'same-site' },
      { Host: host, 'Sec-Fetch-Site': 'cross-site', Origin: `http://${host}` },
    ];
    for (const headers of foreign) {
      await assert.rejects(identity.verify('t', headers), invalid);
      await assert.rejects(identity.recognise?.(headers) ?? Promise.resolve(), invalid);
    }
    await identity.verify('t', { host, origin: `http://${host}` });
    await identity.verify('t', { host, 'sec-fetch-site': 'none' });
  });

  test("the host's own code is asked last, and its answer is checked", async () => {
    const hook = module(`export default ({ token, headers }) => {
      if (token === 'rubbish') return { tenant: '../x', subject: 's', roles: ['root'] };
      if (token === 'broken') throw new Error('its own secret');
      if (token === 'host-token' || headers['x-user'] === 'ada') return { tenant: 'acme', subject: 'ada', roles: ['operator'] };
    };`);
    const identity = await identityOf({ TANDEM_AUTH_HOOK: hook });
    const ada = { tenant: 'acme', subject: 'ada', roles: ['operator'] };
    assert.deepEqual(await identity.verify('host-token'), ada);
    assert.deepEqual(await identity.recognise?.({ 'X-User': 'ada' }), ada);
    assert.equal(await identity.recognise?.({}), undefined);
    assert.equal((await identity.verify(tokenOf('other'))).tenant, 'other');
    await assert.rejects(identity.verify('stranger'), invalid);
    for (const token of ['rubbish', 'broken']) {
      await assert.rejects(identity.verify(token), (error) => isTandemError(error, 'auth.unavailable'));
    }
  });

  test('a token that names our issuer is never handed on to the host', async () => {
    const hook = module(`export default () => ({ tenant: 'acme', subject: 'eve', roles: ['admin'] });`);
    const identity = await identityOf({ TANDEM_AUTH_HOOK: hook });
    const forged = `${tokenOf('acme').split('.').slice(0, 2).join('.')}.c2ln`;
    await assert.rejects(identity.verify(forged), invalid);
  });

  test('a hook that cannot be loaded is told at the start', async () => {
    for (const path of [
      join(folder, 'missing.mjs'),
      module('export default 1;'),
      module('this is no code'),
    ]) {
      await assert.rejects(identityOf({ TANDEM_AUTH_HOOK: path }), SettingError);
    }
  });

  const wrongIssuers: Readonly<Record<string, unknown>> = {
    'no JSON': 'x',
    'no issuer': {},
    'keys without https': { issuer: 'https://a.example', audience: 'a', jwksUri: 'http://a.example' },
    'an issuer without https': { issuer: 'http://a.example', audience: 'a' },
    'no audience': { issuer: 'https://a.example' },
    'a misspelt member': { issuer: 'https://a.example', audience: 'a', tennant: 'acme' },
    'one issuer twice': [
      { issuer: 'https://a.example', audience: 'a' },
      { issuer: 'https://a.example', audience: 'b' },
    ],
  };
  for (const [what, value] of Object.entries(wrongIssuers)) {
    test(`issuers elsewhere that are not described well are refused at the start: ${what}`, () => {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      assert.throws(() => readSettings('server', { TANDEM_OIDC: text }), SettingError);
    });
  }

  test('a credential in the address is none', async () => {
    await using door = await openDoor();
    const token = door.issuer.token();
    for (const name of ['access_token', 'token', 'authorization']) {
      const response = await fetch(`${door.gateway.url}/v1/runs?${name}=${token}`);
      assert.equal(response.status, 401);
      assert.ok(door.log.every((line) => !line.includes(token)));
    }
  });

  test('a refused credential is answered with how one is brought, and reported once', async () => {
    const refusals: { code: string; route: string; caller?: unknown; address?: string }[] = [];
    await using door = await openDoor({ front: { refused: (refusal) => refusals.push(refusal) } });
    const { url } = door.gateway;
    const missing = await fetch(`${url}/v1/runs`);
    assert.equal(missing.headers.get('www-authenticate'), 'Bearer realm="tandem"');
    const wrong = await door.request('GET', '/v1/runs', undefined, { authorization: 'Bearer tk_unknown' });
    assert.equal(wrong.status, 401);
    assert.match(wrong.headers.get('www-authenticate') ?? '', /error="invalid_token"/);
    const reader = { authorization: `Bearer ${door.issuer.token({ roles: ['user'] })}` };
    await door.request('POST', '/v1/runs/run_1/pause', {}, reader);
    await door.request('GET', '/v1/runs', undefined, reader);
    assert.deepEqual(
      refusals.map(({ code, route }) => `${code} ${route}`),
      ['auth.missing GET /v1/runs', 'auth.invalid GET /v1/runs', 'auth.forbidden POST /v1/runs/{run}/pause'],
    );
    assert.partialDeepStrictEqual(refusals[2]?.caller, { subject: 'alice' });
    assert.ok(refusals[0]?.address);
    assert.doesNotMatch(JSON.stringify(refusals), /tk_unknown/);
  });
});
