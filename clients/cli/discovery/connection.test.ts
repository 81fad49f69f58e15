import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { loginPath, writeLogin } from '../login/login-file.ts';
import { connect } from './connection.ts';

const surroundings = { cwd: '/', project: '/', settings: {}, interactive: false };

test('TANDEM_URL is where the server is', () => {
  const settings = { TANDEM_URL: 'https://tandem.example/', TANDEM_TOKEN: 't' };
  const { url } = connect({ ...surroundings, settings }, '/d');
  assert.equal(url, 'https://tandem.example');
});

const tokenBy = (kid: string, name: string) =>
  `${Buffer.from(JSON.stringify({ alg: 'RS256', kid })).toString('base64url')}.${name}.s`;

/** A data folder whose server tells by which token it is asked, and a login at its address. */
async function signedIn(t: TestContext, { folderKey, loginKey }: { folderKey: string; loginKey: string }) {
  const server = createServer((request, response) =>
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ data: { items: [{ token: request.headers.authorization }] } })),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const folder = mkdtempSync(join(tmpdir(), 'tandem-connection-'));
  const before = process.env['XDG_CONFIG_HOME'];
  process.env['XDG_CONFIG_HOME'] = folder;
  t.after(() => {
    server.close();
    if (before === undefined) delete process.env['XDG_CONFIG_HOME'];
    else process.env['XDG_CONFIG_HOME'] = before;
    rmSync(folder, { recursive: true });
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const data = join(folder, '.tandem');
  mkdirSync(data);
  writeFileSync(join(data, 'server.json'), JSON.stringify({ url }));
  writeFileSync(join(data, 'cli-token'), tokenBy(folderKey, 'cli'));
  writeLogin(loginPath(url), {
    server: url,
    tokenEndpoint: `${url}/oauth/token`,
    subject: 'ann',
    accessToken: tokenBy(loginKey, 'ann'),
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    refreshToken: 'r',
  });
  const notes: string[] = [];
  const client = connect(surroundings, data, (text) => notes.push(text));
  const { items } = (await client.listRuns()) as unknown as { items: readonly { token: string }[] };
  return { who: items[0]?.token.split('.')[1], notes };
}

test('who is signed in at the server of the data folder is who asks', async (t) => {
  const { who, notes } = await signedIn(t, { folderKey: 'a', loginKey: 'a' });
  assert.deepEqual([who, notes], ['ann', []]);
});

test('a login at another data folder, whose server had this port once, is left alone and named', async (t) => {
  const { who, notes } = await signedIn(t, { folderKey: 'b', loginKey: 'a' });
  assert.equal(who, 'cli');
  assert.match(notes.join(), /is of another data folder and not used/);
});
