import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { isTandemError } from '../../shared/errors/tandem-error.ts';
import { MemoryRateLimits } from '../../shared/memory/rate-limits.ts';
import { IssuerDoor, password, redirectUri } from '../support/issuer-door.ts';

const script = '"><script>alert(1)</script>';

describe('the issuer', { timeout: 300_000 }, () => {
  let door: IssuerDoor;
  let secret: string;
  before(async () => {
    door = await IssuerDoor.open();
    secret = door.clients.add({ name: 'nightly', tenant: 'acme', roles: ['user'] }) ?? '';
  });
  after(() => door[Symbol.asyncDispose]());

  const code = async () => (await door.signIn()).get('code');

  /** What a client is told by way of the browser, or the page where it cannot be told. */
  async function begin(changes: Readonly<Record<string, string | undefined>>) {
    const { address, status, text, headers } = await door.browser().open(door.authorizeAddress(changes));
    const told = new URL(address.replace('#', '?')).searchParams.get('error');
    return { address, told, status, text, headers };
  }

  const weak: Readonly<Record<string, Record<string, string | undefined>>> = {
    'without a challenge': { code_challenge: undefined, code_challenge_method: undefined },
    'with a method and no challenge': { code_challenge: undefined },
    'downgraded to plain': { code_challenge_method: 'plain' },
    'downgraded to plain by leaving the method out': { code_challenge_method: undefined },
    'with a challenge that is no digest': { code_challenge: 'x' },
    'for a token without a code': { response_type: 'token' },
    'for a code and a token': { response_type: 'code id_token' },
    'by a request object': { request: 'eyJhbGciOiJub25lIn0.e30.' },
    'without the person': { prompt: 'none' },
    'for another resource': { resource: 'https://elsewhere.example' },
  };
  for (const [how, changes] of Object.entries(weak)) {
    test(`nobody signs in ${how}`, async () => {
      const { told, text, address } = await begin(changes);
      assert.notEqual(told, null, `${address} ${text}`);
      assert.equal(new URL(address).searchParams.get('code'), null);
    });
  }

  const elsewhere = [
    'https://evil.example/callback',
    'http://evil.example/callback',
    'http://127.0.0.1.evil.example/callback',
    'http://127.0.0.1@evil.example/callback',
    'http://127.0.0.1:80@evil.example/callback',
    'http://localhost:8123/callback',
    'http://127.0.0.1:8123/callback/../other',
    'http://127.0.0.1:8123/callback?next=https://evil.example',
    'http://127.0.0.1:8123/callback#x',
    'http://127.0.0.1:8123/CALLBACK',
    'http://127.0.0.1:8123//callback',
    'http://127.0.0.1:8123/callback%0d%0aset-cookie:a=b',
    'https://127.0.0.1:8123/callback',
    'http://127.0.0.2:8123/callback',
    'http://2130706433:8123/callback',
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.example/callback',
    '/callback',
    '',
    undefined,
  ];
  for (const redirect of elsewhere) {
    test(`an answer never goes to ${redirect}`, async () => {
      const { status, address, headers } = await begin({ redirect_uri: redirect });
      assert.equal(new URL(address).origin, door.gateway.url);
      assert.equal(status, 400);
      assert.equal(headers.get('location'), null);
    });
  }

  const misused: Readonly<Record<string, Record<string, string | undefined>>> = {
    'without a verifier': { code_verifier: undefined },
    'with another verifier': { code_verifier: 'x'.repeat(43) },
    'with the challenge as the verifier': {
      code_verifier: createHash('sha256').update('x').digest('base64url'),
    },
    'with another redirect address': { redirect_uri: 'http://127.0.0.1:9999/callback' },
    'without a redirect address': { redirect_uri: undefined },
    'for another resource': { resource: 'https://elsewhere.example' },
  };
  for (const [how, changes] of Object.entries(misused)) {
    test(`a code is worth nothing ${how}`, async () => {
      const { status, answer } = await door.exchange(await code(), changes);
      assert.equal(status, 400);
      assert.equal(answer['access_token'], undefined);
    });
  }

  test('a code is worth nothing to another client', async () => {
    const stolen = await code();
    const headers = { authorization: `Basic ${Buffer.from(`nightly:${secret}`).toString('base64')}` };
    const { status, answer } = await door.exchange(stolen, { client_id: undefined }, headers);
    assert.equal(status, 400, JSON.stringify(answer));
  });

  test('a code that is used twice ends what the first use gave', async () => {
    const used = await code();
    const first = await door.exchange(used);
    assert.equal(first.status, 200);
    assert.equal((await door.exchange(used)).answer['error'], 'invalid_grant');
    assert.equal((await door.refresh(first.answer['refresh_token'])).answer['error'], 'invalid_grant');
  });

  test('of two that use a code at the same moment one gets tokens', async () => {
    const used = await code();
    const both = await Promise.all([door.exchange(used), door.exchange(used), door.exchange(used)]);
    assert.ok(both.filter(({ status }) => status === 200).length <= 1, JSON.stringify(both));
  });

  test('a refresh token that is used twice ends the sign-in', async () => {
    const { answer } = await door.exchange(await code());
    const next = await door.refresh(answer['refresh_token']);
    assert.equal(next.status, 200);
    assert.equal((await door.refresh(answer['refresh_token'])).answer['error'], 'invalid_grant');
    assert.equal((await door.refresh(next.answer['refresh_token'])).answer['error'], 'invalid_grant');
  });

  test('a refresh token is worth nothing to another client', async () => {
    const { answer } = await door.exchange(await code());
    const refused = await door.refresh(answer['refresh_token'], {
      client_id: 'nightly',
      client_secret: secret,
    });
    assert.equal(refused.answer['access_token'], undefined);
  });

  test('what says who has signed in is no token of the API', async () => {
    const { answer } = await door.exchange(await code());
    assert.equal((await door.verify(answer['access_token'])).subject, 'ada');
    for (const other of ['id_token', 'refresh_token']) {
      assert.ok(answer[other]);
      await assert.rejects(door.verify(answer[other]), (error) => isTandemError(error, 'auth.invalid'));
    }
  });

  const imposters: Readonly<Record<string, Record<string, string>>> = {
    'another secret': { client_id: 'nightly', client_secret: 'x'.repeat(43) },
    'no secret': { client_id: 'nightly' },
    'the stored digest as the secret': { client_id: 'nightly', client_secret: '(digest)' },
    'the name of a public client': { client_id: 'tandem-cli' },
    'a name nobody has': { client_id: 'nobody', client_secret: 'x' },
    'the name of an account and its password': { client_id: 'ada', client_secret: password },
    'a proof that is not signed': {
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: `${btoa('{"alg":"none"}')}.${btoa('{"iss":"nightly","sub":"nightly"}')}.`,
    },
  };
  for (const [what, fields] of Object.entries(imposters)) {
    test(`a machine gets no token with ${what}`, async () => {
      const digest = door.clients.find('nightly')?.secretDigest ?? '';
      const given = Object.entries(fields).map(([name, value]) => [
        name,
        value === '(digest)' ? digest : value,
      ]);
      const { status, answer } = await door.token({
        grant_type: 'client_credentials',
        ...Object.fromEntries(given),
      });
      assert.ok(status === 400 || status === 401, JSON.stringify(answer));
      assert.equal(answer['access_token'], undefined);
    });
  }

  test('passwords are taken by the page only', async () => {
    const { answer } = await door.token({
      grant_type: 'password',
      client_id: 'tandem-cli',
      username: 'ada',
      password,
    });
    assert.equal(answer['error'], 'unsupported_grant_type');
  });

  const answers = { name: 'ada', password, answer: 'sign-in' };

  test('a sign-in goes on in the browser that began it, and in no other', async () => {
    const { address } = await door.browser().open(door.authorizeAddress());
    for (const other of [door.browser(), await inAnother()]) {
      const { status, address: stays } = await other.submit(address, answers);
      assert.equal(status, 400);
      assert.equal(new URL(stays).origin, door.gateway.url);
    }
  });

  async function inAnother() {
    const browser = door.browser();
    await browser.open(door.authorizeAddress());
    return browser;
  }

  test('a form that another site sends signs nobody in', async () => {
    const browser = door.browser();
    const { address } = await browser.open(door.authorizeAddress());
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign)
      assert.equal((await browser.submit(address, answers, headers)).status, 401);
    const json = await browser.submit(address, answers, { 'content-type': 'text/plain' });
    assert.equal(json.status, 415);
    assert.equal(
      new URL((await browser.submit(address, answers)).address).origin,
      new URL(redirectUri).origin,
    );
  });

  test('cookies are for this server, this path and no script', async () => {
    const browser = door.browser();
    await browser.open(door.authorizeAddress());
    assert.ok(browser.cookieHeaders.length > 0);
    for (const cookie of browser.cookieHeaders) {
      assert.match(cookie, /httponly/i);
      assert.match(cookie, /samesite=lax/i);
    }
  });

  test('the page runs and loads nothing, stands in no frame and is kept nowhere', async () => {
    const { headers, text } = await door.browser().open(door.authorizeAddress());
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.match(policy, /base-uri 'none'/);
    assert.match(policy, /form-action 'self' http:\/\/127\.0\.0\.1:8123;/);
    assert.doesNotMatch(policy, /unsafe|script-src/);
    assert.equal(headers.get('x-frame-options'), 'DENY');
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.doesNotMatch(text, /<script|onload|javascript:/i);
    const styleHash = createHash('sha256')
      .update(/<style>(.*)<\/style>/s.exec(text)?.[1] ?? '')
      .digest('base64');
    assert.ok(policy.includes(styleHash), 'its own style is allowed');
  });

  test('what somebody makes up is shown as text', async () => {
    const browser = door.browser();
    const { address } = await browser.open(
      door.authorizeAddress({ login_hint: script, ui_locales: script, state: script }),
    );
    const again = await browser.submit(address, { ...answers, name: script });
    assert.equal(again.status, 401);
    assert.match(again.text, /&lt;script&gt;/);
    const pages = [
      again,
      await begin({ client_id: script }),
      await begin({ redirect_uri: script }),
      await begin({ scope: script }),
    ];
    for (const page of pages) assert.doesNotMatch(page.text, /<script/);
  });

  test('nothing that is sent becomes a header field of the answer', async () => {
    const { headers, address } = await begin({ state: 'x\r\nset-cookie: a=b', prompt: 'none' });
    assert.equal(headers.get('set-cookie'), null);
    assert.equal(new URL(address).searchParams.get('state'), 'x\r\nset-cookie: a=b');
  });

  test('a name that somebody else gives the server is not its name', async () => {
    const forwarded = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      forwarded: 'host=evil.example',
    };
    const response = await fetch(`${door.gateway.url}/.well-known/openid-configuration`, {
      headers: forwarded,
    });
    assert.doesNotMatch(await response.text(), /evil/);
    const { port } = new URL(door.gateway.url);
    const status = await new Promise((resolve, reject) => {
      const asked = request(
        {
          host: '127.0.0.1',
          port,
          path: '/.well-known/openid-configuration',
          headers: { host: 'evil.example' },
        },
        (answer) => resolve(answer.resume().statusCode),
      );
      asked.once('error', reject).end();
    });
    assert.equal(status, 421);
  });

  test('guessing is slowed down, alike for accounts that exist and those that do not', async () => {
    const tried = async (name: string) => {
      const browser = door.browser();
      const { address } = await browser.open(door.authorizeAddress());
      const said: { status: number; text: string }[] = [];
      for (let attempt = 0; attempt < 6; attempt++) {
        const { status, text } = await browser.submit(address, {
          name,
          password: `wrong ${attempt}`,
          answer: 'sign-in',
        });
        said.push({ status, text: text.replaceAll(name, 'NAME').replaceAll(/sign-in\/[\w-]+/g, '') });
      }
      return said;
    };
    await door.accounts.add({ name: 'dora', tenant: 'acme', roles: ['user'] }, password);
    const real = await tried('dora');
    assert.deepEqual(
      real.map(({ status }) => status),
      [401, 401, 401, 401, 401, 429],
    );
    assert.deepEqual(await tried('nobody'), real);
    const browser = door.browser();
    const { address } = await browser.open(door.authorizeAddress());
    assert.equal(
      (await browser.submit(address, { ...answers, name: 'dora' })).status,
      429,
      'nor by the password',
    );
    assert.equal(new URL((await browser.submit(address, answers)).address).port, '8123', 'others are let in');
  });

  test('neither passwords nor tokens are logged', async () => {
    const { answer } = await door.exchange(await code());
    const lines = door.log.join('\n');
    for (const word of [password, secret, String(answer['access_token']), String(answer['refresh_token'])]) {
      assert.ok(!lines.includes(word));
    }
  });

  test('a form without an end is cut off', async () => {
    const browser = door.browser();
    const { address } = await browser.open(door.authorizeAddress());
    const { status } = await browser.submit(address, { name: 'x'.repeat(100_000) });
    assert.equal(status, 413);
    const { status: atToken } = await fetch(`${door.gateway.url}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `grant_type=${'x'.repeat(1_000_000)}`,
    });
    assert.ok(atToken === 413 || atToken === 400, String(atToken));
  });
});

test('who asks for one sign-in after the other is told to come again, and leaves nothing on the disk by it', async () => {
  const limits = new MemoryRateLimits({
    caller: undefined,
    tenant: undefined,
    stranger: 2,
    waiters: 1,
    elapsed: () => 0,
  });
  await using door = await IssuerDoor.open((address) => limits.stranger(address));
  const begin = async () => {
    const { status, headers } = await fetch(door.gateway.url + door.authorizeAddress(), {
      redirect: 'manual',
    });
    return { status, cookies: headers.getSetCookie().length, retryAfter: headers.get('retry-after') };
  };
  const told: Awaited<ReturnType<typeof begin>>[] = [];
  for (let at = 0; at < 6; at += 1) told.push(await begin());
  assert.deepEqual(
    told.map(({ status }) => status),
    [303, 303, 303, 303, 429, 429],
  );
  assert.deepEqual(told.at(-1), { status: 429, cookies: 0, retryAfter: '1' });
});
