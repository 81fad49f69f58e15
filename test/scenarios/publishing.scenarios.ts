import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { user } from './callers.ts';
import { atOnce } from './pace.ts';
import { bundleOf, refused, type Twin } from './twin.ts';

export function publishing(twin: () => Twin): void {
  describe('publishing', { concurrency: atOnce(4) }, () => {
    it('publishes a version once, however often it is sent', async () => {
      const client = await twin().client();
      const version = { number: '1.0.0', bundle: await bundleOf('echoing'), description: 'Echoes' };
      const first = await client.publishVersion('repeated', version);
      const second = await client.publishVersion('repeated', version);
      assert.deepEqual(second, first);
      const { versions, latest } = await client.getAgent('repeated');
      assert.deepEqual([versions, latest], [[first], first]);
      assert.deepEqual(await client.getVersion('repeated', first.digest), first);
    });

    it('refuses other content under a number that is taken', async () => {
      const client = await twin().client();
      const version = { number: '1.0.0', bundle: await bundleOf('echoing') };
      const { digest } = await client.publishVersion('changed', version);
      const changed = { ...version, bundle: await bundleOf('greeting') };
      await refused(client.publishVersion('changed', changed), 409, 'version.conflict');
      await refused(
        client.publishVersion('changed', { ...version, operationsPerStep: 1 }),
        409,
        'version.conflict',
      );
      assert.equal((await client.getVersion('changed', '1.0.0')).digest, digest);
    });

    it('leaves earlier runs with their version; a run may ask for one', async () => {
      const client = await twin().client();
      await client.publishVersion('growing', { number: '1.0.0', bundle: await bundleOf('listening') });
      const { run } = await client.startRun({ agent: 'growing', input: { names: ['go'] } });
      const second = await client.publishVersion('growing', {
        number: '2.0.0',
        bundle: await bundleOf('echoing'),
      });
      const input = { text: 'new', times: 2 };
      const newest = await twin().ended((await client.startRun({ agent: 'growing', input })).run);
      assert.deepEqual([newest.number, newest.version, newest.output], ['2.0.0', second.digest, 'newnew']);
      const asked = { agent: 'growing', version: '1.0.0', input: { names: [] } };
      const older = await twin().ended((await client.startRun(asked)).run);
      assert.deepEqual([older.number, older.output], ['1.0.0', []]);
      await client.signalRun(run, { name: 'go', payload: 'on' });
      const first = await twin().ended(run);
      assert.deepEqual([first.number, first.output], ['1.0.0', ['on']]);
    });

    it('knows no agent, version or run that does not exist', async () => {
      const client = await twin().client();
      await client.publishVersion('known', { number: '1.0.0', bundle: await bundleOf('echoing') });
      await refused(client.startRun({ agent: 'unknown' }), 404, 'resource.not-found');
      await refused(client.startRun({ agent: 'known', version: '9.9.9' }), 404, 'resource.not-found');
      await refused(client.getAgent('unknown'), 404, 'resource.not-found');
      await refused(client.getVersion('known', '9.9.9'), 404, 'resource.not-found');
      await refused(client.getRun('run_00000000000000000000000000'), 404, 'resource.not-found');
      await refused(client.getApproval('apr_00000000000000000000000000'), 404, 'resource.not-found');
    });

    it('lets users start runs, and only admins publish', async () => {
      const client = await twin().client(user);
      const publication = client.publishVersion('forbidden', { number: '1.0.0', bundle: 'x' });
      const { details } = await refused(publication, 403, 'auth.forbidden');
      assert.equal(details['role'], 'admin');
      await twin().publish('greeting');
      const { greeting } = await twin().outputOf<{ greeting: string }>(
        'greeting',
        { name: 'Ute' },
        { caller: user },
      );
      assert.equal(greeting, 'Hello, Ute!');
    });
  });
}
