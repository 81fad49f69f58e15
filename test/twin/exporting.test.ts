import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Place } from './up.ts';

describe('an exported run', { timeout: 300_000 }, () => {
  it('is saved whole, and verified without a server', async (t) => {
    const place = new Place(t);
    const server = place.up();
    await server.listening;
    const run = await place.run('filing', null, [{ path: 'given/table.csv', content: 'a,b\n' }]);
    await place.ended(run);
    const file = place.beside('saved/run.tar');
    const saved = await place.command(['export', run, '--out', file, '--data', place.data]).end;
    assert.equal(saved.code, 0, saved.stderr);
    assert.match(saved.stdout, /Saved run_/);
    assert.equal(existsSync(`${file}.unfinished`), false);
    if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
    server.kill('SIGKILL');
    await server.end;

    const sound = await place.command(['verify', file]).end;
    assert.equal(sound.code, 0, sound.stdout + sound.stderr);
    assert.match(sound.stdout, /^Sound {2}run_.*\n.*one unbroken chain; head signed by key (\S+)\n/);
    const [, key = ''] = /signed by key (\S+)/.exec(sound.stdout) ?? [];
    const { code, stdout } = await place.command(['verify', file, '--key', key, '--json']).end;
    assert.deepEqual([code, JSON.parse(stdout).findings], [0, []]);
    const other = await place.command(['verify', file, '--key', 'x']).end;
    assert.equal(other.code, 1);
    assert.match(other.stdout, /^Damaged {2}run_.*\n {2}signature/);
    const bytes = readFileSync(file);
    const at = bytes.byteLength - 1_500;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    const damaged = await place.command(['verify', file]).end;
    assert.equal(damaged.code, 1);
    assert.match(damaged.stdout, /Damaged {2}.*run\.tar\n/);
    const none = await place.command(['verify', place.beside('none.tar')]).end;
    assert.equal(none.code, 1);
    assert.match(none.stderr, /none\.tar/);
  });
});
