import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { verifyExport } from '../../shared/application/exports/verify-export.ts';
import { owner, platform } from './callers.ts';
import { atOnce } from './pace.ts';
import type { Twin } from './twin.ts';

/** Where an address is no good any more once its tenant is suspended. */
export function lateRefusal(twin: () => Twin): void {
  describe('the address of an export', () => {
    it('stops with its tenant', async () => {
      const platformClient = await twin().client(platform);
      await platformClient.createTenant({ tenant: 'takes-it-along' });
      const caller = { ...owner, tenant: 'takes-it-along' };
      const { run } = await twin().start('echoing', { text: 'x', times: 1 }, { caller });
      const answer = await twin().request('GET', `/v1/runs/${run}/export`, { caller });
      const address = answer.headers.get('location') ?? '';
      assert.equal((await fetch(address)).status, 200);
      await platformClient.suspendTenant(caller.tenant);
      const refusal = await fetch(address);
      const { code } = (await refusal.json()) as { code: string };
      assert.deepEqual([refusal.status, code], [403, 'tenant.suspended']);
    });
  });
}

export function exporting(twin: () => Twin): void {
  describe('exporting a run', { concurrency: atOnce(2) }, () => {
    it('gives one file, the same each time, that can be checked without a server', async () => {
      const files = [{ path: 'given/table.csv', content: 'a,b\n'.repeat(50_000) }];
      const { run } = await twin().start('filing', null, { files });
      const { artifacts } = await ended(twin(), run);
      const bytes = await exported(twin(), run);
      assert.deepEqual(await exported(twin(), run), bytes);
      const verified = await verifyExport(oneByOne(bytes));
      assert.deepEqual([verified.findings, verified.runs.map(({ findings }) => findings)], [[], [[]]]);
      const { head } = await (await twin().client()).verifyRun(run);
      assert.deepEqual(verified.runs[0]?.head, head);
      for (const { blob } of artifacts) assert.ok(bytes.includes(`blobs/${blob}`), blob);
    });

    it('with those that it has called is one file as well', async () => {
      const { run } = await twin().start('calling', { levels: 2, last: 'answers' });
      await ended(twin(), run);
      const alone = await verifyExport(oneByOne(await exported(twin(), run)));
      const all = await verifyExport(oneByOne(await exported(twin(), run, true)));
      assert.deepEqual([alone.runs.length, all.runs.length], [1, 3]);
      assert.deepEqual([...all.findings, ...all.runs.flatMap(({ findings }) => findings)], []);
    });

    it('stands in the audit log', async () => {
      const { run } = await twin().start('echoing', { text: 'x', times: 1 });
      await twin().request('GET', `/v1/runs/${run}/export`);
      const { events } = await (await twin().client()).readAudit({ type: 'run.exported' });
      assert.deepEqual(
        events.filter(({ payload }) => payload['run'] === run).map(({ by, payload }) => ({ by, payload })),
        [{ by: await twin().actor(), payload: { run, children: false } }],
      );
    });

    it('by an address that was changed is refused', async () => {
      const { run } = await twin().start('echoing', { text: 'x', times: 1 });
      const answer = await twin().request('GET', `/v1/runs/${run}/export`);
      assert.equal(answer.status, 303);
      const address = answer.headers.get('location') ?? '';
      assert.equal((await fetch(address)).status, 200);
      const { run: other } = await twin().start('echoing', { text: 'y', times: 1 });
      const changes = [
        address.replace(run, other),
        address.replace('children=false', 'children=true'),
        address.replace(/expires=\d/i, (said) => said.replace(/\d/, '9')),
        address.replace(/signature=./i, (said) => said.slice(0, -1)),
      ].filter((changed) => changed !== address);
      assert.ok(changes.length >= 3, address);
      for (const changed of changes) {
        const refused = await fetch(changed);
        assert.equal(refused.status, 403, changed);
        await refused.body?.cancel();
      }
    });
  });
}

async function ended(twin: Twin, run: string) {
  await twin.endedAs('succeeded', run);
  return { artifacts: await (await twin.client()).listArtifacts(run) };
}

async function exported(twin: Twin, run: string, children = false): Promise<Buffer> {
  const { size, bytes } = await (await twin.client()).exportRun(run, { children });
  const whole = Buffer.concat(await Array.fromAsync(bytes));
  assert.equal(whole.byteLength, size);
  return whole;
}

async function* oneByOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
