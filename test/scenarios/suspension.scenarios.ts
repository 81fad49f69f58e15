import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inParallel } from '../../shared/domain/in-parallel.ts';
import type { Tenant } from '../../shared/protocol/tenants.ts';
import { owner, platform } from './callers.ts';
import type { Caller } from './deployment.ts';
import type { Outage } from './outage.ts';
import { atOnce, crowd } from './pace.ts';
import { refused, type Twin } from './twin.ts';

/** Somebody who may do everything in a tenant that is made here. */
async function ownerOf(twin: Twin, tenant: string): Promise<Caller> {
  await (await twin.client(platform)).createTenant({ tenant, name: `${tenant} Ltd` });
  return { ...owner, tenant };
}

async function settled(twin: Twin, tenant: string): Promise<Tenant> {
  const client = await twin.client(platform);
  return twin.until(
    () => client.getTenant(tenant),
    ({ settling }) => !settling,
  );
}

async function suspend(twin: Twin, tenant: string, reason = 'Invoice 17 is open'): Promise<void> {
  await (await twin.client(platform)).suspendTenant(tenant, reason);
}

async function resume(twin: Twin, tenant: string): Promise<void> {
  await (await twin.client(platform)).resumeTenant(tenant);
}

const typesOf = async (twin: Twin, run: string, caller: Caller) =>
  (await (await twin.client(caller)).readEvents(run)).events.map(({ type }) => type);

export function suspension(twin: () => Twin): void {
  describe('suspending a tenant', { concurrency: atOnce(4) }, () => {
    it('refuses its requests at once, says why, and no others', async () => {
      const caller = await ownerOf(twin(), 'late-payer');
      const client = await twin().client(caller);
      await client.listRuns();
      await suspend(twin(), caller.tenant);
      const refusal = await refused(client.listRuns(), 403, 'tenant.suspended');
      assert.match(refusal.message, /late-payer is suspended: Invoice 17 is open/);
      await refused(client.startRun({ agent: 'greeting' }), 403, 'tenant.suspended');
      await (await twin().client()).listRuns();
      await resume(twin(), caller.tenant);
      await client.listRuns();
      const now = await settled(twin(), caller.tenant);
      assert.deepEqual(
        [now.status, now.reason, now.createdBy],
        ['active', undefined, await twin().actor(platform)],
      );
    });

    it('is ended by who runs the platform, also from within the tenant itself', async () => {
      const { tenant } = await ownerOf(twin(), 'own-goal');
      const client = await twin().client({ tenant, subject: 'cli', roles: ['admin', 'platform'] });
      await client.suspendTenant(tenant);
      await refused(client.listRuns(), 403, 'tenant.suspended');
      assert.equal((await client.resumeTenant(tenant)).status, 'active');
      await client.listRuns();
    });

    it('refuses a tenant that nobody has made', async () => {
      const client = await twin().client({ ...owner, tenant: 'never-made' });
      const { message } = await refused(client.listRuns(), 403, 'tenant.unknown');
      assert.match(message, /never-made/);
      await refused((await twin().client(platform)).getTenant('never-made'), 404, 'resource.not-found');
      await refused((await twin().client(platform)).suspendTenant('never-made'), 404, 'resource.not-found');
    });

    it('pauses what runs, and resumes it: but not what somebody had paused', async () => {
      const caller = await ownerOf(twin(), 'paused-a-while');
      const { run: mine } = await twin().start('listening', { names: ['one'] }, { caller });
      const { run: theirs } = await twin().start('listening', { names: ['one'] }, { caller });
      const client = await twin().client(caller);
      await client.pauseRun(theirs, 'Lunch');
      await suspend(twin(), caller.tenant);
      await settled(twin(), caller.tenant);
      await resume(twin(), caller.tenant);
      await settled(twin(), caller.tenant);
      assert.equal((await client.getRun(theirs)).status, 'paused');
      const { events } = await client.readEvents(mine);
      const paused = events.find(({ type }) => type === 'run.paused');
      assert.equal(paused?.by, 'system');
      assert.deepEqual(paused?.payload, {
        reason: 'The tenant is suspended: Invoice 17 is open',
        suspension: true,
      });
      await client.signalRun(mine, { name: 'one', payload: 1 });
      assert.deepEqual(await twin().output(mine, caller), [1]);
      assert.ok(!(await typesOf(twin(), theirs, caller)).includes('run.resumed'));
    });

    it('keeps what a command has done meanwhile, which goes on afterwards', async () => {
      const caller = await ownerOf(twin(), 'busy-one');
      const { run } = await twin().start('commanding', { command: 'sleep 1 && echo done' }, { caller });
      const client = await twin().client(caller);
      for await (const { type } of client.events(run)) if (type === 'operation.started') break;
      await suspend(twin(), caller.tenant);
      await settled(twin(), caller.tenant);
      await resume(twin(), caller.tenant);
      const { stdout } = await twin().output<{ stdout: string }>(run, caller);
      assert.equal(stdout, 'done\n');
    });

    it('makes the same tenant once, and none of a reserved name', async () => {
      const client = await twin().client(platform);
      const first = await client.createTenant({ tenant: 'twice', name: 'Twice' });
      assert.deepEqual(await client.createTenant({ tenant: 'twice' }), first);
      await refused(client.createTenant({ tenant: 'twice', name: 'Other' }), 409, 'tenant.conflict');
      for (const tenant of ['platform', '../up', 'a/b', 'UPPER', '', 'x'.repeat(64), '-']) {
        await refused(client.createTenant({ tenant }), 400, 'request.invalid');
      }
      const names: string[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await client.listTenants({ limit: 1, ...(cursor === undefined ? {} : { cursor }) });
        names.push(...page.items.map(({ tenant }) => tenant));
        cursor = page.cursor;
        if (cursor === undefined) break;
      }
      assert.deepEqual(names, names.toSorted());
      assert.ok(names.includes('twice') && names.includes(owner.tenant) && !names.includes('platform'));
    });
  });
}

/** What a power cut must not do to a tenant. */
export function survivingSuspension(twin: () => Twin, cut: Outage): void {
  /** A tenant of its own with many runs that wait. */
  async function crowded(tenant: string) {
    const caller = await ownerOf(twin(), tenant);
    await twin().publish('listening', caller);
    const runs: string[] = [];
    const start = async () => {
      runs.push((await twin().start('listening', { names: ['one'] }, { caller })).run);
    };
    await inParallel(Array.from({ length: crowd(120) }), start, atOnce(120));
    return { caller, tenant, runs };
  }

  /** That each run was paused once and resumed once, by nobody but the suspension and its end. */
  async function pausedAndResumedOnce(runs: readonly string[], caller: Caller): Promise<void> {
    for (const run of runs) {
      const types = await typesOf(twin(), run, caller);
      const found = types.filter((type) => type === 'run.paused' || type === 'run.resumed');
      assert.deepEqual(found, ['run.paused', 'run.resumed'], run);
    }
  }

  cut.it('a suspension pauses every run all the same', async (fail) => {
    const { caller, tenant, runs } = await crowded('cut-off');
    await fail({ atLast: () => suspend(twin(), tenant) });
    assert.equal((await settled(twin(), tenant)).status, 'suspended');
    // While it is suspended, nobody of the tenant can ask.
    await resume(twin(), tenant);
    await settled(twin(), tenant);
    await pausedAndResumedOnce(runs, caller);
  });

  cut.it('a resumption resumes every run all the same', async (fail) => {
    const { caller, tenant, runs } = await crowded('let-in');
    await suspend(twin(), tenant);
    await settled(twin(), tenant);
    await fail({ atLast: () => resume(twin(), tenant) });
    await settled(twin(), tenant);
    await pausedAndResumedOnce(runs, caller);
    const [first = ''] = runs;
    await (await twin().client(caller)).signalRun(first, { name: 'one', payload: 1 });
    assert.deepEqual(await twin().output(first, caller), [1]);
  });
}
