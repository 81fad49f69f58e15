import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { it } from 'node:test';
import { paddingOf, readTarHeader, tarEnd, tarHeader } from './tar.ts';

it('a header says name and size, and nothing else is taken for one', () => {
  const file = { name: `blobs/${'a'.repeat(64)}`, size: 12_345_678 };
  const header = tarHeader(file);
  assert.deepEqual(readTarHeader(header), file);
  for (let at = 0; at < header.length; at += 1) {
    const changed = Uint8Array.from(header);
    changed[at] = (changed[at] ?? 0) ^ 1;
    const read = readTarHeader(changed);
    assert.ok(read === undefined, `byte ${at}`);
  }
});

it('the tar of the machine reads what we write', (t) => {
  if (process.platform === 'win32') return t.diagnostic('no tar here');
  const text = Buffer.from('hello\n');
  const parts = [tarHeader({ name: 'a/b.txt', size: 6 }), text, new Uint8Array(paddingOf(6)), tarEnd];
  const archive = Buffer.concat(parts);
  assert.equal(execFileSync('tar', ['-xOf', '-', 'a/b.txt'], { input: archive }).toString(), 'hello\n');
  assert.match(execFileSync('tar', ['-tvf', '-'], { input: archive }).toString(), /6 1970-01-01/);
});

it('what a header cannot say is refused', () => {
  for (const file of [
    { name: 'x'.repeat(101), size: 1 },
    { name: 'a b', size: 1 },
    { name: 'x', size: 8 ** 11 },
  ])
    assert.throws(() => tarHeader(file), { code: 'limit.exceeded' });
});
