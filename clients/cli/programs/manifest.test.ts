import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { UsageError } from '../usage-error.ts';
import { manifestOf } from './manifest.ts';

const folder = mkdtempSync(join(tmpdir(), 'tandem-manifest-'));
after(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'agent.ts');
const saying = (text: string) => writeFileSync(join(folder, 'package.json'), text);

test('the package beside a program says which role starting it takes', () => {
  assert.deepEqual(manifestOf(file), {});
  saying('{"name":"x"}');
  assert.deepEqual(manifestOf(file), {});
  saying('{"tandem":{"roleRequired":"operator"}}');
  assert.deepEqual(manifestOf(file), { roleRequired: 'operator' });
});

test('what is mistyped is refused, naming the file', () => {
  const wrong = [
    '{"tandem":{"roleRequird":"operator"}}',
    '{"tandem":{"roleRequired":"owner"}}',
    '{"tandem":7}',
    '{',
  ];
  for (const text of wrong) {
    saying(text);
    assert.throws(
      () => manifestOf(file),
      (error) => error instanceof UsageError && error.message.includes('package.json'),
      text,
    );
  }
});
