import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { UsageError } from '../usage-error.ts';
import { readCsvInput } from './csv-input.ts';

const folder = mkdtempSync(join(tmpdir(), 'tandem-csv-'));
after(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'rows.csv'), 'a,b\n1,2\n');
writeFileSync(join(folder, 'large.csv'), 'x'.repeat(6_000_000));
writeFileSync(join(folder, 'lines.csv'), '1\n'.repeat(2_000_000));

test('a file of your own, or the one that comes along', async () => {
  const { name, size, start } = await readCsvInput('rows.csv', folder);
  assert.deepEqual([name, size, start.files[0]?.content], ['rows.csv', 8, 'a,b\n1,2\n']);
  assert.equal((await readCsvInput(undefined, folder)).name, 'orders.csv');
});

test('what is no file is named', async () => {
  const path = (name: string) => join(folder, name);
  await assert.rejects(readCsvInput('none', folder), new UsageError(`${path('none')} does not exist`));
  await assert.rejects(readCsvInput('.', folder), new UsageError(`${folder} is a folder`));
});

test('a file that is too large is named, with its size and the limit', async () => {
  await assert.rejects(readCsvInput('large.csv', folder), {
    code: 'request.too-large',
    message: `${join(folder, 'large.csv')} has 6.0 MB; 5.2 MB is the most that can be sent`,
  });
});

test('what a file takes in a request counts', async () => {
  await assert.rejects(readCsvInput('lines.csv', folder), {
    code: 'request.too-large',
    message: 'lines.csv takes 6.0 MB in a request, which can have 5.2 MB',
  });
});
