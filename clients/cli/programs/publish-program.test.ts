import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { PublishVersion } from '../../../shared/protocol/agents.ts';
import { TandemClient } from '../../sdk/client.ts';
import { dataReply, fakeServer, problemReply } from '../../sdk/testing/fake-server.ts';
import { publishProgram } from './publish-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'tandem-publish-'));
after(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'greeter.ts');
writeFileSync(file, 'export default () => "Hello";');

/** A registry of one agent. */
function registry(published: { number: string; bundle: string }[], taken: string[] = []) {
  return fakeServer(({ method, body }) => {
    if (method === 'GET')
      return published.length === 0 ? problemReply('resource.not-found') : dataReply({ versions: published });
    const { number, bundle } = JSON.parse(body) as PublishVersion;
    if (taken.splice(0, 1).length > 0) return problemReply('version.conflict');
    const version = { agent: 'greeter', number, bundle: createHash('sha256').update(bundle).digest('hex') };
    published.push(version);
    return dataReply(version, 201);
  });
}

test('a program is published once, and again only when it has changed', async () => {
  const published: { number: string; bundle: string }[] = [];
  await using server = await registry(published);
  const client = new TandemClient({ url: server.url, token: 't' });
  const first = await publishProgram(client, { file, agent: 'greeter' });
  const second = await publishProgram(client, { file, agent: 'greeter' });
  assert.deepEqual([first.fresh, second.fresh, published.length], [true, false, 1]);
  writeFileSync(file, 'export default () => "Good morning";');
  const third = await publishProgram(client, { file, agent: 'greeter' });
  assert.equal(third.version.number, '1.0.1');
});

test('a number that somebody else took meanwhile is passed over; one that was named is not', async () => {
  await using server = await registry([], ['1.0.0']);
  const client = new TandemClient({ url: server.url, token: 't' });
  assert.equal((await publishProgram(client, { file, agent: 'greeter' })).fresh, true);
  await using other = await registry([], ['2.0.0']);
  const named = { file, agent: 'greeter', number: '2.0.0' };
  await assert.rejects(publishProgram(new TandemClient({ url: other.url, token: 't' }), named), {
    code: 'version.conflict',
  });
});
