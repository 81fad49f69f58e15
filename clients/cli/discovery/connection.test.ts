import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { loginAt, loginPath, writeLogin } from '../login/login-file.ts';
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

test('servers below two paths of one domain have a login each, and that of another is no login', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-logins-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const env = { XDG_CONFIG_HOME: folder };
  const domain = 'https://api.example.com';
  const login = (server: string) => ({
    server,
    tokenEndpoint: `${domain}/token`,
    subject: server,
    accessToken: 'a',
    expiresAt: new Date(0).toISOString(),
    refreshToken: 'r',
  });
  for (const server of [`${domain}/dev`, `${domain}/prod/`])
    writeLogin(loginPath(server, env), login(server));
  assert.equal(loginAt(`${domain}/dev/`, env)?.subject, `${domain}/dev`);
  assert.equal(loginAt(`${domain}/prod`, env)?.subject, `${domain}/prod/`);
  assert.equal(loginAt(domain, env), undefined);
  // As files were named once: by the domain, whatever the path.
  assert.equal(loginPath(`${domain}/`, env), loginPath(domain, env));
  writeLogin(loginPath(domain, env), login(`${domain}/dev`));
  assert.equal(loginAt(domain, env), undefined);
});

test('who is signed in at the server of the data folder is who asks', async (t) => {
  const { who, notes } = await signedIn(t, { folderKey: 'a', loginKey: 'a' });
  assert.deepEqual([who, notes], ['ann', []]);
});

test('a login at another data folder, whose server had this port once, is left alone and named', async (t) => {
  const { who, notes } = await signedIn(t, { folderKey: 'b', loginKey: 'a' });
  assert.equal(who, 'cli');
  assert.match(notes.join(), /is of another data folder and not used/);
});
