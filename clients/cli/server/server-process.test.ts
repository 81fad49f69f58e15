import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ServerProcess } from './server-process.ts';

const root = mkdtempSync(join(tmpdir(), 'tandem-server-'));
after(() => rmSync(root, { recursive: true }));

test('a data folder that cannot be made is told as `tandem up` tells it', async () => {
  writeFileSync(join(root, 'file'), '');
  const data = join(root, 'file/data');
  await assert.rejects(ServerProcess.start({ data }), {
    code: 'data.permission',
    message: `The data folder ${data} cannot be written`,
  });
});

test('a server that cannot start says why', async () => {
  const data = join(root, 'damaged');
  mkdirSync(data);
  writeFileSync(join(data, 'lock.db'), 'no database, but long enough to be taken for one'.repeat(40));
  await assert.rejects(ServerProcess.start({ data, port: 0 }), {
    code: 'data.damaged',
    message: /^\S+lock\.db is damaged/,
  });
});
