import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Browser } from '../support/browser.ts';
import { Place } from './up.ts';

const tandem = fileURLToPath(new URL('../../bin/tandem.mjs', import.meta.url));

/** A person with a configuration folder of their own, at a server that is just reached by its address. */
class Person {
  readonly config: string;
  readonly url: string;

  constructor(config: string, url: string) {
    this.config = config;
    this.url = url;
  }

  spawn(words: readonly string[], environment: Readonly<Record<string, string>> = {}): ChildProcess {
    const { TANDEM_TOKEN: _token, TANDEM_DATA: _data, ...rest } = process.env;
    const env = { ...rest, XDG_CONFIG_HOME: this.config, TANDEM_URL: this.url, ...environment };
    return spawn(process.execPath, [tandem, ...words, '--json'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** The last JSON document that a command writes, and how it ends. */
  async types(...words: string[]) {
    const child = this.spawn(words);
    const [written] = await Promise.all([
      text(child.stdout as NodeJS.ReadableStream),
      new Promise((end) => child.once('close', end)),
    ]);
    return { code: child.exitCode, said: JSON.parse(written.trim().split('\n').at(-1) ?? '') };
  }

  /** Starts a sign-in; what the browser is to open, and what the command says in the end. */
  async login() {
    const child = this.spawn(['login']);
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
    const open = JSON.parse(String((await lines.next()).value)).open as string;
    const end = async () => JSON.parse(String((await lines.next()).value));
    return { child, open, end };
  }

  /** The files of its logins. */
  logins(): string[] {
    const folder = join(this.config, 'tandem', 'logins');
    return readdirSync(folder).map((name) => join(folder, name));
  }
}

async function started(t: TestContext) {
  const place = new Place(t);
  const url = await place.up().listening;
  const file = join(place.data, 'identity', 'first-password');
  const named = Promise.withResolvers<void>();
  const watch = setInterval(() => {
    if (statSync(file, { throwIfNoEntry: false })) named.resolve();
  }, 20);
  await named.promise;
  clearInterval(watch);
  return {
    place,
    url,
    password: readFileSync(file, 'utf8').trim(),
    person: new Person(place.beside('config'), url),
  };
}

/** Signs in with a browser; where it is sent in the end. */
async function browse(url: string, open: string, password: string): Promise<string> {
  const browser = new Browser(url);
  for (;;) {
    const { address } = await browser.open(open);
    const answer = await browser.submit(address, { name: 'admin', password, answer: 'sign-in' });
    // The account is made a moment after its password is written down.
    if (!answer.address.startsWith(url)) return answer.address;
  }
}

describe('login', { timeout: 300_000 }, () => {
  it('signs in by the browser; tokens are private, refreshed once for all, and given back', async (t) => {
    const { url, password, person } = await started(t);
    const before = await person.types('runs');
    assert.equal(before.said.error.code, 'auth.missing');
    assert.match(before.said.error.remedy, /tandem login/);

    const { open, end, child } = await person.login();
    const callback = await browse(url, open, password);
    const wrong = new URL(callback);
    wrong.searchParams.set('state', 'of-somebody-else');
    assert.equal((await fetch(wrong)).status, 404, 'another answer is not taken for it');
    assert.equal((await fetch(callback)).status, 200);
    const { login } = await end();
    assert.equal(login.subject, 'admin');
    await new Promise((ended) => child.once('close', ended));

    const [file = ''] = person.logins();
    if (process.platform !== 'win32') {
      assert.equal(statSync(file).mode & 0o777, 0o600);
      assert.equal(statSync(join(file, '..')).mode & 0o777, 0o700);
    }
    assert.deepEqual((await person.types('runs')).said.items, []);

    const stored = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...stored, expiresAt: new Date(0).toISOString() }));
    const both = await Promise.all([person.types('runs'), person.types('runs'), person.types('runs')]);
    assert.deepEqual(
      both.map(({ code }) => code),
      [0, 0, 0],
    );
    const refreshed = JSON.parse(readFileSync(file, 'utf8'));
    assert.notEqual(refreshed.refreshToken, stored.refreshToken);
    assert.deepEqual(person.logins(), [file], 'nothing is left beside it');

    const out = await person.types('logout');
    assert.deepEqual(out.said.logout, { server: url, signedIn: true, revoked: true });
    assert.deepEqual(person.logins(), []);
    writeFileSync(file, JSON.stringify({ ...refreshed, expiresAt: new Date(0).toISOString() }));
    const after = await person.types('runs');
    assert.equal(after.said.error.code, 'auth.invalid');
    assert.match(after.said.error.remedy, /tandem login/);
  });

  it('is told when the person gives up', async (t) => {
    const { url, person } = await started(t);
    const { open, end } = await person.login();
    const browser = new Browser(url);
    const { address } = await browser.open(open);
    await fetch((await browser.submit(address, { answer: 'cancel' })).address);
    assert.match((await end()).error.message, /cancelled/);
  });

  it('sends no password over a network in the clear', async (t) => {
    const person = new Person(new Place(t).beside('config'), 'http://tandem.example');
    const { code, said } = await person.types('login');
    assert.equal(code, 2);
    assert.match(said.error.message, /not encrypted/);
  });

  it('does not believe a server that names another issuer', async (t) => {
    const liar = createServer((_request, response) =>
      response.setHeader('content-type', 'application/json').end(
        JSON.stringify({
          issuer: 'https://elsewhere.example',
          authorization_endpoint: 'https://elsewhere.example/a',
        }),
      ),
    );
    await new Promise<void>((resolve) => liar.listen(0, '127.0.0.1', resolve));
    t.after(() => void liar.close());
    const url = `http://127.0.0.1:${(liar.address() as AddressInfo).port}`;
    const { said } = await new Person(new Place(t).beside('config'), url).types('login');
    assert.equal(said.error.code, 'server.unreachable');
    assert.match(said.error.message, /not the authorization server/);
  });
});
