import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bundleProgram } from '../../clients/bundler/bundle.ts';
import { TandemClient } from '../../clients/sdk/client.ts';
import { ServerProcess } from '../support/server-process.ts';

const launcher = fileURLToPath(new URL('../../bin/tandem.mjs', import.meta.url));
const asking = fileURLToPath(new URL('agents/asking.ts', import.meta.url));

describe('completion in bash', { timeout: 300_000 }, () => {
  let folder: string;
  let script: string;
  let server: ServerProcess;
  let run: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tandem-completion-'));
    script = execFileSync(process.execPath, [launcher, 'completion', 'bash'], { encoding: 'utf8' });
    for (const name of ['my agent.ts', 'my-input.json']) writeFileSync(join(folder, name), '');
    mkdirSync(join(folder, 'my-folder'));
    server = new ServerProcess(join(folder, '.tandem'));
    await server.start();
    const client = new TandemClient(server);
    const { code } = await bundleProgram(asking);
    await client.publishVersion('asking', { number: '1.0.0', bundle: code });
    run = (await client.startRun({ agent: 'asking', input: {} })).run;
    for await (const event of client.events(run)) if (event.type === 'approval.requested') break;
  });
  after(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What bash offers for the last of these words. */
  function offered(...words: string[]): string[] {
    const quoted = words.map((word) => `'${word}'`).join(' ');
    const ask = `${script}
      COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}
      _tandem '${words[0]}'; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const printed = execFileSync('bash', ['--noprofile', '--norc', '-c', ask], {
      cwd: folder,
      encoding: 'utf8',
    });
    return printed.split('\n').filter((line) => line !== '');
  }

  it('offers verbs, behind npx as well', () => {
    assert.deepEqual(offered('tandem', 'appr'), ['approvals', 'approve']);
    assert.deepEqual(offered('npx', 'tandem', 'verif'), ['verify']);
    assert.deepEqual(offered('npx', 'another', 'verif'), []);
  });

  it('offers options and their values', () => {
    assert.deepEqual(offered('tandem', 'runs', '--st'), ['--status']);
    assert.deepEqual(offered('tandem', 'runs', '--status', 'su'), ['succeeded']);
  });

  it('offers the runs, agents and approvals of the server here', () => {
    assert.deepEqual(offered('tandem', 'show', 'run_'), [run]);
    assert.deepEqual(offered('tandem', 'agents', 'show', ''), ['asking']);
    const decidable = offered('tandem', 'approve', '');
    assert.match(decidable[0] ?? '', /^apr_/);
    assert.equal(decidable.at(-1), run);
  });

  it('offers paths, with blanks in them, or folders only', () => {
    const paths = ['my agent.ts', 'my-folder', 'my-input.json'];
    assert.deepEqual(offered('tandem', 'run', 'my').sort(), paths);
    assert.deepEqual(offered('tandem', 'artifacts', '--out', 'my'), ['my-folder']);
  });

  it('offers what it can where no server runs', async () => {
    await server.stop();
    assert.deepEqual(offered('tandem', 'show', ''), []);
    assert.deepEqual(offered('tandem', 'agents', 'sh'), ['show']);
  });
});
