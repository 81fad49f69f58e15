import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { errorCatalogue } from './catalogue.ts';

const folder = new URL('../../docs/errors/', import.meta.url);

test('every code has a page, and every page a code', () => {
  const pages = readdirSync(folder).map((name) => name.replace(/\.md$/, ''));
  assert.deepEqual(pages.sort(), Object.keys(errorCatalogue).sort());
});

for (const [code, { status, title, remedy, retryable }] of Object.entries(errorCatalogue)) {
  test(`the page of ${code} says what the catalogue says, and more`, () => {
    const page = readFileSync(new URL(`${code}.md`, folder), 'utf-8');
    const [heading, , summary, , ...rest] = page.split('\n');
    assert.equal(heading, `# \`${code}\``);
    const prospect = retryable
      ? 'may succeed when it is sent again, unchanged'
      : 'will not succeed unchanged';
    assert.equal(summary, `${title}. HTTP status ${status}; the request ${prospect}.`);
    assert.ok(page.endsWith(`\n**What to do.** ${remedy}\n`), `What to do: ${remedy}`);
    assert.ok(rest.join(' ').length > remedy.length + 100, 'explains itself');
  });
}
