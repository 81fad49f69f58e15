import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PublishVersion } from '../../shared/protocol/agents.ts';
import { operator, owner, stranger, user } from './callers.ts';
import type { Caller } from './deployment.ts';
import { atOnce } from './pace.ts';
import { bundleOf, type ProgramName, refused, type Twin } from './twin.ts';

type Required = NonNullable<PublishVersion['roleRequired']>;

export function requiredRoles(twin: () => Twin): void {
  const publish = async (agent: string, program: ProgramName, roleRequired?: Required, number = '1.0.0') => {
    const client = await twin().client();
    return client.publishVersion(agent, {
      number,
      bundle: await bundleOf(program),
      ...(roleRequired === undefined ? {} : { roleRequired }),
    });
  };
  const start = async (agent: string, caller: Caller, version?: string) =>
    (await twin().client(caller)).startRun({
      agent,
      input: { text: 'a', times: 1 },
      ...(version === undefined ? {} : { version }),
    });

  describe('a role that an agent asks for', { concurrency: atOnce(4) }, () => {
    it('is part of the version, which its digest covers', async () => {
      const open = await publish('guarded', 'echoing');
      const client = await twin().client();
      const same = { number: '1.0.0', bundle: await bundleOf('echoing'), roleRequired: 'admin' } as const;
      await refused(client.publishVersion('guarded', same), 409, 'version.conflict');
      const guarded = await publish('guarded', 'echoing', 'admin', '1.1.0');
      assert.equal(guarded.bundle, open.bundle);
      assert.notEqual(guarded.digest, open.digest);
      const { versions } = await (await twin().client(user)).getAgent('guarded');
      assert.deepEqual(
        versions.map(({ roleRequired }) => roleRequired),
        ['admin', undefined],
      );
    });

    it('is needed for a start by number, digest, alias or none of them', async () => {
      const { digest } = await publish('locked', 'echoing', 'operator');
      await (await twin().client()).setAlias('locked', 'live', { version: '1.0.0' });
      await (await twin().client()).setAlias('locked', 'other', { version: '1.0.0' });
      for (const version of [undefined, '1.0.0', digest, 'live', 'other']) {
        const refusal = await refused(start('locked', user, version), 403, 'auth.forbidden');
        assert.match(refusal.message, /locked 1\.0\.0 needs the role operator/);
        assert.deepEqual([refusal.details['role'], refusal.details['agent']], ['operator', 'locked']);
      }
      for (const caller of [operator, owner]) {
        const { run } = await start('locked', caller);
        assert.equal(await twin().output(run), 'a');
      }
    });

    it('is not got round by an agent that calls: the roles of who started it count, on every level', async () => {
      await publish('inner', 'echoing', 'operator');
      await publish('outer', 'calling-other');
      await publish('outermost', 'calling-other');
      const call = { agent: 'inner', input: { text: 'a', times: 1 } };
      const nested = { agent: 'outer', input: call };
      const asUser = await twin().client(user);
      for (const [agent, input] of [
        ['outer', call],
        ['outermost', nested],
      ] as const) {
        const { run } = await asUser.startRun({ agent, input });
        const { error } = await twin().endedAs('failed', run);
        assert.match(error?.message ?? '', /inner 1\.0\.0 needs the role operator/, agent);
      }
      const allowed = await (await twin().client(operator)).startRun({ agent: 'outermost', input: nested });
      assert.equal(await twin().output(allowed.run), 'a');
      const created = await twin().event(allowed.run, 'run.created');
      assert.deepEqual((created.payload as { roles: unknown }).roles, ['operator']);
    });

    it('an agent of another tenant cannot be called at all', async () => {
      await publish('ours', 'echoing');
      await twin().publish('calling-other', stranger);
      const input = { agent: 'ours', input: { text: 'a', times: 1 } };
      const { run } = await twin().start('calling-other', input, { caller: stranger });
      const { error } = await twin().endedAs('failed', run, stranger);
      assert.match(error?.message ?? '', /There is no agent ours/);
    });
  });
}
