import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { isTandemError } from '../../../shared/errors/tandem-error.ts';
import { FakeUserPool } from '../testing/fake-user-pool.ts';
import { UsageError } from '../usage-error.ts';
import { openCallback } from './callback.ts';
import { userPoolPage } from './issuer.ts';
import { refresh, revoke } from './refresh.ts';
import { signIn } from './sign-in.ts';
import { whereTo } from './where-to.ts';

const server = 'https://api.example.com/dev';

/** As a browser does: goes where it is shown, and where it is sent from there. */
async function browse(address: string): Promise<void> {
  const { headers } = await fetch(address, { redirect: 'manual' });
  await fetch(headers.get('location') ?? address);
}

/** Listens on a port, as another program does, unless one does already. */
async function occupy(t: TestContext, port: number): Promise<void> {
  const other = createServer();
  other.listen(port, '127.0.0.1');
  await Promise.race([once(other, 'listening'), once(other, 'error')]).catch(() => {});
  t.after(() => void other.close());
}

describe('a sign-in at a user pool', () => {
  it('is the same as at a server: code, PKCE, a token that is refreshed, and given back', async () => {
    await using pool = await FakeUserPool.open();
    const shown: string[] = [];
    const login = await signIn({
      server,
      page: userPoolPage(pool.issuer, pool.client),
      show: (address) => {
        shown.push(address);
        void browse(address);
      },
      signal: AbortSignal.timeout(20_000),
    });
    const asked = new URL(shown[0] ?? '').searchParams;
    assert.ok(pool.callbacks.includes(asked.get('redirect_uri') ?? ''), asked.get('redirect_uri') ?? '');
    assert.equal(asked.has('resource'), false);
    const { issuer, client } = pool;
    assert.deepEqual(
      [login.server, login.issuer, login.client, login.subject],
      [server, issuer, client, 'ann'],
    );

    const next = await refresh(login);
    assert.notEqual(next?.accessToken, login.accessToken);
    assert.equal(next?.refreshToken, login.refreshToken, 'it stays good');
    await revoke(login);
    assert.deepEqual([...pool.refreshTokens], []);
    assert.equal(await refresh(login), undefined);
  });

  it('waits at the next port when one is taken, and says so when all are', async (t) => {
    const { callback } = userPoolPage('https://pool.example', 'c');
    await occupy(t, callback.ports[0] ?? 0);
    {
      await using next = await openCallback('s', callback);
      assert.match(next.redirectUri, /^http:\/\/localhost:897[78]\/callback$/);
    }
    for (const port of callback.ports) await occupy(t, port);
    await assert.rejects(openCallback('s', callback), (error) => {
      assert.ok(isTandemError(error, 'port.taken'), String(error));
      assert.match(error.message, /8976, 8977, 8978/);
      return true;
    });
  });

  it('takes an issuer with its client, or neither, and nothing beside a stage', async () => {
    const wanted = { server, issuer: 'https://pool.example', client: 'c' };
    const { page } = await whereTo(wanted, (typed = '') => typed);
    assert.deepEqual(page, userPoolPage('https://pool.example', 'c'));
    const own = await whereTo({ server }, (typed = '') => typed);
    assert.deepEqual([own.server, own.page.issuer, own.page.client], [server, server, 'tandem-cli']);
    for (const wrong of [
      { issuer: wanted.issuer },
      { client: 'c' },
      { stage: 'dev', server },
      { stage: 'twin' },
    ]) {
      await assert.rejects(
        whereTo(wrong, () => server),
        UsageError,
      );
    }
  });
});
