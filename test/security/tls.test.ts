import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { selfSigned } from '../../local/tls/self-signed.ts';
import { Place } from '../twin/up.ts';

const tandem = fileURLToPath(new URL('../../bin/tandem.mjs', import.meta.url));
const hello = fileURLToPath(new URL('../../examples/hello/agent.ts', import.meta.url));

async function typed(
  place: Place,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  data = place.data,
) {
  const { TANDEM_URL: _url, TANDEM_TOKEN: _token, ...rest } = process.env;
  const env = { ...rest, XDG_CONFIG_HOME: place.beside('config'), ...environment };
  const child = spawn(process.execPath, [tandem, ...words, '--data', data, '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [written] = await Promise.all([text(child.stdout), new Promise((end) => child.once('close', end))]);
  const lines = written.trim().split('\n');
  return { code: child.exitCode, said: JSON.parse(lines.at(-1) ?? '') };
}

describe('TLS', { timeout: 300_000 }, () => {
  it('serves the command line and workers, who believe this one certificate and no other', async (t) => {
    const place = new Place(t);
    const url = await place.up({ args: ['--port', '0', '--tls'] }).listening;
    assert.match(url, /^https:/);
    const run = await typed(place, ['run', hello, '--input', '{"name":"Ada"}', '--yes']);
    assert.equal(run.said.run.status, 'succeeded', 'a command reports over https');

    const token = place.token().trim();
    const stranger = await typed(
      place,
      ['runs'],
      { TANDEM_URL: url, TANDEM_TOKEN: token },
      place.beside('nothing'),
    );
    assert.equal(stranger.said.error.code, 'server.unreachable', 'nobody else vouches for it');

    const file = join(place.data, 'server.json');
    const left = readFileSync(file, 'utf8');
    const other = await selfSigned(['127.0.0.1', 'localhost'], Date.now());
    writeFileSync(file, JSON.stringify({ ...JSON.parse(left), certificate: other.certificate }));
    assert.equal(
      (await typed(place, ['runs'])).said.error.code,
      'server.unreachable',
      'another is not believed',
    );
    writeFileSync(file, left);
    assert.equal((await typed(place, ['runs'])).code, 0);

    await assert.rejects(fetch(url.replace('https:', 'http:')), 'nothing is said in the clear');
  });

  it('with a certificate of your own reaches workers by whatever name it bears', async (t) => {
    const place = new Place(t);
    const mine = await selfSigned(['tandem.example', '127.0.0.1'], Date.now());
    const [certificate, key] = [place.beside('certificate.pem'), place.beside('key.pem')];
    writeFileSync(certificate, mine.certificate);
    writeFileSync(key, mine.key, { mode: 0o600 });
    await place.up({ args: ['--port', '0', '--tls-cert', certificate, '--tls-key', key] }).listening;
    const trusting = { NODE_EXTRA_CA_CERTS: certificate };
    const run = await typed(place, ['run', hello, '--input', '{"name":"Ada"}', '--yes'], trusting);
    assert.equal(run.said.run.status, 'succeeded');
  });
});
