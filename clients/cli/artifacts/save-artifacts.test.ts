import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Artifact } from '../../../shared/protocol/artifacts.ts';
import type { TandemClient } from '../../sdk/client.ts';
import { saveArtifacts } from './save-artifacts.ts';

const root = mkdtempSync(join(tmpdir(), 'tandem-save-'));
after(() => rmSync(root, { recursive: true }));

const bytes = Buffer.from('# Report\n');
const blob = createHash('sha256').update(bytes).digest('hex');
const client = { downloadArtifact: async () => bytes } as unknown as TandemClient;
const save = (folder: string) =>
  saveArtifacts(client, { run: 'run_1', artifacts: [{ name: 'a/report.md', blob } as Artifact], folder });

test('artefacts lie below the folder, under their names', async () => {
  const [saved] = await save(join(root, 'out'));
  assert.equal(saved?.file, join(root, 'out/a/report.md'));
  assert.equal(readFileSync(join(root, 'out/a/report.md'), 'utf8'), '# Report\n');
});

test('a place that cannot be written is named', async () => {
  writeFileSync(join(root, 'file'), '');
  await assert.rejects(save(join(root, 'file')), {
    code: 'data.permission',
    message: /file.* cannot be written/,
  });
});
