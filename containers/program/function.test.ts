import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { deployedFunctions } from '../../functions/deployed/functions.ts';
import { bundleFunction } from '../../infra/bundling/bundle.ts';
import { sha256 } from '../../shared/domain/canonical.ts';
import type { ProgramReply } from '../../shared/protocol/program-function.ts';
import { bundleOf, runOf } from '../../test/contract/program-host.drive.ts';

test('bundled as it is deployed, the function runs programs in children of its own file', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-function-'));
  t.after(() => rm(folder, { recursive: true }));
  const spec = deployedFunctions.find(({ name }) => name === 'program');
  assert.ok(spec);
  const outfile = join(await bundleFunction(spec, folder), 'index.mjs');
  const code = await bundleOf('globals');
  const server = createServer((_, response) => response.end(code));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const { input, ...run } = runOf('globals');
  const question = {
    tenant: 'acme',
    run,
    input: { inline: input },
    count: 0,
    after: 0,
    answers: [],
    nonce: '1',
  };
  const right = { ...question, bundle: { url, digest: sha256(code) } };
  const wrong = { ...question, run: { ...run, version: 'x' }, bundle: { url, digest: sha256('another') } };
  const [reply, refused] = await ask(outfile, [right, wrong]);
  assert.equal(reply?.kind, 'turn', JSON.stringify(reply));
  assert.equal(refused?.kind === 'refused' && refused.code, 'data.damaged');
});

/** Replies to questions by the function in a process of its own, which ends then: it would keep its children warm. */
async function ask(file: string, questions: readonly unknown[]): Promise<readonly ProgramReply[]> {
  const script = `
    const { handler } = await import(${JSON.stringify(pathToFileURL(file).href)});
    const replies = [];
    for (const question of ${JSON.stringify(questions)}) replies.push(await handler(question));
    process.stdout.write(JSON.stringify(replies), () => process.exit());`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  return JSON.parse(stdout) as ProgramReply[];
}
