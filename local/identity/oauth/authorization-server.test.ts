import assert from 'node:assert/strict';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import * as oauth from 'oauth4webapi';
import { IssuerDoor, password, redirectUri } from '../../../test/support/issuer-door.ts';
import { signJwt } from '../jwt.ts';

describe('the authorization server', () => {
  let door: IssuerDoor;
  before(async () => {
    door = await IssuerDoor.open();
  });
  after(() => door[Symbol.asyncDispose]());

  const basic = (name: string, secret: string) => ({
    authorization: `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`,
  });

  test('an independent client gets through discovery, sign-in, code and refresh', async () => {
    const insecure = { [oauth.allowInsecureRequests]: true } as const;
    const name = new URL(door.gateway.url);
    const server = await oauth.processDiscoveryResponse(name, await oauth.discoveryRequest(name, insecure));
    const client: oauth.Client = { client_id: 'tandem-cli' };
    const [verifier, state] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomState()];
    const browser = door.browser();
    const { address } = await browser.open(
      door.authorizeAddress({ state, code_challenge: await oauth.calculatePKCECodeChallenge(verifier) }),
    );
    const answer = await browser.submit(address, { name: 'ada', password, answer: 'sign-in' });
    const callback = oauth.validateAuthResponse(server, client, new URL(answer.address), state);
    const tokens = await oauth.processAuthorizationCodeResponse(
      server,
      client,
      await oauth.authorizationCodeGrantRequest(
        server,
        client,
        oauth.None(),
        callback,
        redirectUri,
        verifier,
        insecure,
      ),
    );
    assert.deepEqual(await door.verify(tokens.access_token), {
      tenant: 'acme',
      subject: 'ada',
      roles: ['operator'],
    });
    assert.equal(tokens.expires_in, 3_600);
    const again = await oauth.processRefreshTokenResponse(
      server,
      client,
      await oauth.refreshTokenGrantRequest(
        server,
        client,
        oauth.None(),
        tokens.refresh_token ?? '',
        insecure,
      ),
    );
    assert.notEqual(again.refresh_token, tokens.refresh_token);
    assert.equal((await door.verify(again.access_token)).subject, 'ada');
  });

  test('each name of this machine is an issuer of its own, with the same keys', async () => {
    const port = new URL(door.gateway.url).port;
    for (const host of ['127.0.0.1', 'localhost']) {
      const name = `http://${host}:${port}`;
      const response = await fetch(`${name}/.well-known/openid-configuration`);
      const document = (await response.json()) as Record<string, unknown>;
      assert.equal(document['issuer'], name);
      assert.equal(document['token_endpoint'], `${name}/oauth/token`);
    }
  });

  test('a machine gets a token by its secret, without a refresh token', async () => {
    const secret = door.clients.add({ name: 'nightly', tenant: 'acme', roles: ['user'] });
    const { status, answer } = await door.token(
      { grant_type: 'client_credentials' },
      basic('nightly', secret ?? ''),
    );
    assert.equal(status, 200, JSON.stringify(answer));
    assert.equal(answer['refresh_token'], undefined);
    assert.deepEqual(await door.verify(answer['access_token']), {
      tenant: 'acme',
      subject: 'nightly',
      roles: ['user'],
    });
  });

  test('a machine gets a token by a key of its own, and each proof works once', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    door.clients.add(
      { name: 'deployer', tenant: 'acme', roles: ['admin'] },
      {
        keys: [publicKey.export({ format: 'jwk' }) as never],
      },
    );
    const at = Math.floor(Date.now() / 1_000);
    const proof = signJwt(
      { alg: 'RS256' },
      {
        iss: 'deployer',
        sub: 'deployer',
        aud: door.gateway.url,
        iat: at,
        exp: at + 60,
        jti: randomUUID(),
      },
      privateKey,
    );
    const ask = () =>
      door.token({
        grant_type: 'client_credentials',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: proof,
      });
    const { answer } = await ask();
    assert.deepEqual((await door.verify(answer['access_token'])).roles, ['admin'], JSON.stringify(answer));
    assert.equal((await ask()).answer['error'], 'invalid_client');
  });

  test('whoever stands outside the tenants gets a token without one', async () => {
    const secret = door.clients.add({ name: 'provisioner', tenant: undefined, roles: ['platform'] });
    const { answer } = await door.token(
      { grant_type: 'client_credentials' },
      basic('provisioner', secret ?? ''),
    );
    assert.deepEqual(await door.verify(answer['access_token']), {
      tenant: 'platform',
      subject: 'provisioner',
      roles: ['platform'],
    });
  });

  test('an account that is removed, or has another password, is out at the next refresh', async () => {
    await door.accounts.add({ name: 'bob', tenant: 'acme', roles: ['user'] }, password);
    const tokensOfBob = async () => {
      const browser = door.browser();
      const { address } = await browser.open(door.authorizeAddress());
      const answer = await browser.submit(address, { name: 'bob', password, answer: 'sign-in' });
      return (await door.exchange(new URL(answer.address).searchParams.get('code'))).answer;
    };
    const first = await tokensOfBob();
    await door.accounts.setPassword('bob', `${password} 2`);
    assert.equal((await door.refresh(first['refresh_token'])).answer['error'], 'invalid_grant');
    await door.accounts.setPassword('bob', password);
    const second = await tokensOfBob();
    door.accounts.remove('bob');
    assert.equal((await door.refresh(second['refresh_token'])).answer['error'], 'invalid_grant');
  });

  test('a sign-in that is given up is told to the client', async () => {
    const browser = door.browser();
    const { address } = await browser.open(door.authorizeAddress());
    const answer = new URL((await browser.submit(address, { answer: 'cancel' })).address);
    assert.equal(answer.searchParams.get('error'), 'access_denied');
    assert.equal(answer.searchParams.get('state'), 'state-of-the-client');
  });

  test('one browser may sign in as one after the other, and is asked each time', async () => {
    await door.accounts.add({ name: 'carol', tenant: 'acme', roles: ['user'] }, password);
    const browser = door.browser();
    for (const name of ['ada', 'carol', 'carol']) {
      const { address, status, text } = await browser.open(door.authorizeAddress());
      assert.equal(status, 200);
      assert.match(text, /type="password"/);
      const answer = await browser.submit(address, { name, password, answer: 'sign-in' });
      const { answer: tokens } = await door.exchange(new URL(answer.address).searchParams.get('code'));
      assert.equal((await door.verify(tokens['access_token'])).subject, name);
    }
  });

  test('a refresh token that is given back is no longer one', async () => {
    const { answer } = await door.exchange((await door.signIn()).get('code'));
    const revoked = await fetch(`${door.gateway.url}/oauth/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: 'tandem-cli', token: String(answer['refresh_token']) }),
    });
    assert.equal(revoked.status, 200);
    assert.equal((await door.refresh(answer['refresh_token'])).answer['error'], 'invalid_grant');
  });
});
