import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { SettingError } from '../../shared/errors/setting-error.ts';
import { selfSigned } from './self-signed.ts';
import { serverCertificate } from './server-certificate.ts';
import { openShown } from './shown.ts';

const root = mkdtempSync(join(tmpdir(), 'tandem-tls-'));
after(() => rmSync(root, { recursive: true }));

const day = 24 * 3_600_000;
let folders = 0;
const newFolder = () => join(root, String(++folders));
const open = (folder: string, later = 0, settings = {}) =>
  serverCertificate({ folder, settings: { TANDEM_TLS: 'on', ...settings }, now: () => Date.now() + later });

test('the certificate is for this machine, to serve only, and kept privately', async () => {
  const folder = newFolder();
  const made = await open(folder, 0, { TANDEM_PUBLIC_URL: 'https://tandem.example' });
  const certificate = new X509Certificate(made?.certificate ?? '');
  for (const host of ['localhost', 'tandem.example']) assert.ok(certificate.checkHost(host), host);
  for (const address of ['127.0.0.1', '::1']) assert.ok(certificate.checkIP(address), address);
  assert.equal(certificate.checkHost('evil.example'), undefined);
  assert.equal(certificate.ca, false);
  assert.equal(certificate.publicKey.asymmetricKeyDetails?.namedCurve, 'prime256v1');
  if (process.platform === 'win32') return;
  for (const file of ['key.pem', 'certificate.pem'])
    assert.equal(statSync(join(folder, file)).mode & 0o777, 0o600);
});

test('it is kept from start to start, and renewed a month before it ends or when the host is another', async () => {
  const folder = newFolder();
  const first = await open(folder);
  assert.deepEqual(await open(folder, 300 * day), first);
  const second = await open(folder, 380 * day);
  assert.notEqual(second?.certificate, first?.certificate);
  const third = await open(folder, 380 * day, { TANDEM_HOST: '192.168.7.7' });
  assert.ok(new X509Certificate(third?.certificate ?? '').checkIP('192.168.7.7'));
});

test('one that is damaged, or belongs to another key, is made anew', async () => {
  const folder = newFolder();
  const first = await open(folder);
  writeFileSync(join(folder, 'key.pem'), (await selfSigned(['localhost'], Date.now())).key);
  assert.notEqual((await open(folder))?.certificate, first?.certificate);
  writeFileSync(join(folder, 'certificate.pem'), 'no certificate');
  assert.match((await open(folder))?.certificate ?? '', /BEGIN CERTIFICATE/);
});

test('a running server shows the next one before its own ends, and tells when there is nothing new', async () => {
  const clock = { now: Date.now() };
  const options = { folder: newFolder(), settings: { TANDEM_TLS: 'on' }, now: () => clock.now } as const;
  const shown = await openShown(options);
  const first = shown.pinned().certificate;
  assert.equal(await shown.renew(), false);
  clock.now += 380 * day;
  assert.equal(await shown.renew(), true);
  assert.notEqual(shown.pinned().certificate, first);
  assert.equal(shown.tls?.certificate, shown.pinned().certificate);
});

test('one of your own is taken with its key only', async () => {
  const [mine, other] = await Promise.all([
    selfSigned(['a.example'], Date.now()),
    selfSigned(['b.example'], Date.now()),
  ]);
  const folder = mkdtempSync(join(root, 'own-'));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const certificate = file('certificate.pem', mine.certificate);
  const key = file('key.pem', mine.key);
  const otherKey = file('other.pem', other.key);
  const ask = (settings: object) => serverCertificate({ folder: newFolder(), settings, now: Date.now });
  assert.deepEqual(await ask({ TANDEM_TLS_CERT: certificate, TANDEM_TLS_KEY: key }), { ...mine, own: false });
  const wrong = [
    { TANDEM_TLS_CERT: certificate },
    { TANDEM_TLS_KEY: key },
    { TANDEM_TLS_CERT: certificate, TANDEM_TLS_KEY: otherKey },
    { TANDEM_TLS_CERT: key, TANDEM_TLS_KEY: key },
    { TANDEM_TLS_CERT: join(folder, 'missing.pem'), TANDEM_TLS_KEY: key },
  ];
  for (const settings of wrong) {
    await assert.rejects(ask(settings), (error: Error) => {
      assert.ok(error instanceof SettingError);
      assert.ok(!error.message.includes(readFileSync(key, 'utf8').split('\n')[1] ?? ''));
      return true;
    });
  }
});

test('without TLS there is none', async () => {
  assert.equal(await serverCertificate({ folder: newFolder(), settings: {}, now: Date.now }), undefined);
});
