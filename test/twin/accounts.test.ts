import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const tandem = fileURLToPath(new URL('../../bin/tandem.mjs', import.meta.url));

describe('accounts and clients', { timeout: 300_000 }, () => {
  const root = mkdtempSync(join(tmpdir(), 'tandem-accounts-'));
  const data = join(root, 'data');
  mkdirSync(data, { mode: 0o700 });
  after(() => rmSync(root, { recursive: true }));

  function typed(words: readonly string[], input = '') {
    const { status, stdout, stderr } = spawnSync(process.execPath, [tandem, ...words, '--data', data], {
      input,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  }

  it('are added, listed and removed, and secrets are told once', () => {
    const added = JSON.parse(typed(['accounts', 'add', 'ada', '--role', 'operator', '--json']).stdout);
    assert.match(added.account.password, /^[a-z2-9-]{29}$/);
    const machine = JSON.parse(typed(['clients', 'add', 'nightly', '--tenant', 'acme', '--json']).stdout);
    assert.ok(machine.client.secret.length >= 43);
    const lists = ['accounts', 'clients'].map((kind) => typed([kind, 'list']).stdout);
    assert.match(lists[0] ?? '', /^ada {2}local {2}operator {2}\d{4}-\d\d-\d\d\n$/);
    assert.match(lists[1] ?? '', /^nightly {2}acme {2}user {2}secret {2}\d{4}-\d\d-\d\d\n$/);
    for (const list of lists) {
      assert.ok(!list.includes(added.account.password) && !list.includes(machine.client.secret));
    }
    assert.equal(typed(['accounts', 'remove', 'ada']).status, 0);
    assert.equal(typed(['accounts', 'list']).stdout, 'No accounts.\n');
    if (process.platform === 'win32') return;
    assert.equal(statSync(join(data, 'identity', 'identity.db')).mode & 0o777, 0o600);
  });

  it('take a password from standard input, and no weak one', () => {
    const strong = typed(['accounts', 'add', 'bob', '--password-stdin', '--json'], 'correct horse battery\n');
    assert.deepEqual(JSON.parse(strong.stdout), {
      account: { name: 'bob', roles: ['user'], tenant: 'local' },
    });
    const weak = typed(['accounts', 'password', 'bob', '--password-stdin'], 'short\n');
    assert.equal(weak.status, 2);
    assert.match(weak.stderr, /12 to 256 characters/);
  });

  it('take a public key instead of a secret, and never a private one', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const [secretFile, publicFile] = [join(root, 'private.pem'), join(root, 'public.pem')];
    writeFileSync(secretFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    writeFileSync(publicFile, publicKey.export({ type: 'spki', format: 'pem' }));
    const refused = typed(['clients', 'add', 'deployer', '--public-key', secretFile]);
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /private key/);
    assert.equal(
      typed(['clients', 'add', 'deployer', '--public-key', publicFile]).stdout,
      'Added the client deployer: user, in the tenant local.\n',
    );
  });

  const wrong: Readonly<Record<string, readonly string[]>> = {
    'no name': ['accounts', 'add'],
    'a name in capitals': ['accounts', 'add', 'Ada'],
    'a name that is reserved': ['accounts', 'add', 'tandem-cli'],
    'a name that a client has': ['accounts', 'add', 'nightly'],
    'a role nobody knows': ['accounts', 'add', 'eve', '--role', 'root'],
    'a tenant that is a path': ['accounts', 'add', 'eve', '--tenant', '../x'],
    'a tenant for who is outside of them': [
      'accounts',
      'add',
      'eve',
      '--role',
      'platform',
      '--tenant',
      'acme',
    ],
    'somebody who is not there': ['accounts', 'remove', 'nobody'],
    'another verb': ['clients', 'rename'],
    'a word too many': ['accounts', 'list', 'ada'],
  };
  for (const [what, words] of Object.entries(wrong)) {
    it(`refuse ${what}, with a sentence and how they are used`, () => {
      const { status, stdout, stderr } = typed(words);
      assert.equal(status, 2);
      assert.equal(stdout, '');
      assert.match(stderr, /^tandem: [^\n]+\.\nUsage: tandem (?:accounts|clients) [^\n]+\n$/);
    });
  }
});
