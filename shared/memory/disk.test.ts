import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryDisk } from './disk.ts';

const put = (name: string) => (disk: MemoryDisk) => void disk.tenant('acme').due.set(name, 'now');
const names = (disk: MemoryDisk) => [...disk.tenant('acme').due.keys()];

test('what one process wrote, the next one reads', async () => {
  const disk = new MemoryDisk();
  await disk.open().write(put('a'));
  assert.deepEqual(await disk.open().read(names), ['a']);
});

test('writes take effect in order, once the turn is over', async () => {
  const disk = new MemoryDisk();
  const opened = disk.open();
  const writes = [opened.write(put('a')), opened.write(put('b'))];
  assert.deepEqual(names(disk), []);
  await Promise.all(writes);
  assert.deepEqual(names(disk), ['a', 'b']);
});

test('a write that throws fails alone', async () => {
  const opened = new MemoryDisk().open();
  const failing = opened.write(() => {
    throw new Error('no');
  });
  const fine = opened.write(put('a'));
  await assert.rejects(failing, /no/);
  await fine;
});

for (const [fate, left] of [
  ['forget', []],
  ['keep', ['a']],
] as const) {
  test(`a cut may ${fate} what was not acknowledged, and answers nobody`, async () => {
    const disk = new MemoryDisk();
    const opened = disk.open();
    const answered: string[] = [];
    void opened.write(put('a')).then(() => answered.push('write'));
    opened.cut(fate);
    void opened.write(put('ghost')).then(() => answered.push('ghost'));
    void opened.read(names).then(() => answered.push('read'));
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(answered, []);
    assert.deepEqual(names(disk), left);
  });
}
