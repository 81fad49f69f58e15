import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../../bin/tandem.mjs', import.meta.url));

describe('the first minute', { timeout: 300_000 }, () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tandem-quickstart-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  async function tandem(...words: string[]): Promise<{ code: number; output: string }> {
    const data = join(folder, 'data');
    const child = spawn(process.execPath, [launcher, ...words, '--data', data], { cwd: folder });
    const closed = once(child, 'close');
    const [output, problems] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const [code] = await closed;
    return { code, output: output + problems };
  }

  it('ends in a run that has succeeded, with its artefacts, and no server left', async () => {
    const { code, output } = await tandem('quickstart', '--once', '--yes', '--port', '0');
    assert.equal(code, 0, output);
    assert.match(output, /run\.succeeded/);
    const [run = ''] = readdirSync(join(folder, 'data', 'artifacts'));
    assert.match(run, /^run_/);
    assert.ok(readdirSync(join(folder, 'data', 'artifacts', run)).length > 0);
    assert.equal(existsSync(join(folder, 'data', 'server.json')), false);
  });
});
