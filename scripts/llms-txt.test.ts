import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { llmsTxt } from './llms-txt.ts';

const root = new URL('../', import.meta.url);

test('llms.txt is current: `node scripts/write-llms-txt.ts` writes it', () => {
  assert.equal(readFileSync(new URL('llms.txt', root), 'utf8'), llmsTxt());
});

test('llms.txt names only what exists, and says what each thing is', () => {
  const text = llmsTxt();
  const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, path = '']) => path);
  assert.ok(links.length > 50);
  assert.deepEqual(
    links.filter((path) => !existsSync(new URL(path, root))),
    [],
  );
  assert.doesNotMatch(text, /undefined|\[object|: \n/);
  for (const part of ['`init`', '`POST /v1/runs`', '`run.ended`', 'A first agent'])
    assert.ok(text.includes(part), part);
});
