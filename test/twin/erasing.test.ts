import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Place } from './up.ts';

const secret = 'NOBODY-IS-TO-FIND-THIS-ON-THE-DISK';

describe('erasing', { timeout: 300_000 }, () => {
  it('leaves nothing of it in any file of the data folder, while the server runs', async (t) => {
    const place = new Place(t);
    await place.up().listening;
    const run = await place.run('asking', { what: secret });
    const { approval } = (await place.event(run, 'approval.requested')).payload as { approval: string };
    await place.client().deny(approval, secret);
    await place.ended(run);
    assert.notDeepEqual(filesWith(place.data), []);
    const events = await Array.fromAsync(place.client().events(run));
    for (const { seq } of events) {
      const words = ['erase', run, String(seq), '--reason', 'Asked for', '--data', place.data];
      const { code, stdout, stderr } = await place.command(words).end;
      assert.equal(code, 0, stderr);
      assert.match(stdout, new RegExp(`^Erased what event ${seq} `));
    }
    assert.deepEqual(filesWith(place.data), []);
    const { code, stdout } = await place.command(['verify', run, '--data', place.data]).end;
    assert.equal(code, 0);
    assert.match(stdout, /Sound.*\n.*\n.*\n {2}erased {4}event 1 by cli, \d{4}-\d\d-\d\d: Asked for\n/);
    const shown = await place.command(['show', run, '--data', place.data]).end;
    assert.equal(shown.code, 0, shown.stderr);
    assert.match(shown.stdout, /erased by cli/);
  });
});

function filesWith(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => readFileSync(path).includes(secret));
}
