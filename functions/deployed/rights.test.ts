import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { bundleProgram } from '../../clients/bundler/bundle.ts';
import { scripted } from '../../local/testing/scripts.ts';
import { author, TestTwin } from '../../local/testing/test-twin.ts';
import type { Api } from '../../shared/application/api.ts';
import { removeExpired } from '../../shared/application/disposal/retain.ts';
import { beginSweep, finishSweep } from '../../shared/application/disposal/sweep.ts';
import type { Step } from '../../shared/application/step.ts';
import { startSuccessor } from '../../shared/application/steps/start-successor.ts';
import { settleTenants } from '../../shared/application/tenants/settle.ts';
import { reconcile, reconcileScheduled } from '../../shared/application/upkeep/reconcile.ts';
import { deliverDue } from '../../shared/application/webhooks/round.ts';
import { sha256 } from '../../shared/domain/canonical.ts';
import type { Principal } from '../../shared/ports/identity.ts';
import { RightsMeter } from '../../test/support/rights-meter.ts';
import { caretakers } from './caretakers.ts';
import type { Right } from './function-spec.ts';
import { httpFunctions } from './http.ts';
import { kebab } from './kebab.ts';
import { taskFunctions } from './tasks.ts';

const folder = await mkdtemp(join(tmpdir(), 'tandem-rights-'));
const meter = new RightsMeter();
const made = scripted({ stdout: 'done\n', files: { 'part.txt': 'A part\n' } }, 'make');
const twin = new TestTwin({ now: Date.parse('2026-01-01T00:00:00.000Z'), command: () => made, meter });

const admin = author;
const { tenant } = admin;
const pat: Principal = { tenant: 'platform', subject: 'pat', roles: ['platform'] };
/** Longer than what stands in a log, or in an answer. */
const long = 'long '.repeat(40_000);

/** Does one of each thing that a program can ask for. */
const everything = `
  import { agent, approval, artifact, command, file, log, signal, sleep } from 'tandem';
  export default async (input: { text: string }) => {
    await file.write('a.txt', input.text);
    log.info('It has begun', { text: input.text });
    await command.run('make');
    await artifact.add('a.txt');
    await approval.request({ what: 'Go on', why: 'It is asked' });
    const { payload } = await signal.wait('go');
    await agent.call('child', { payload });
    await sleep(1_000);
    return { text: input.text };
  };`;

/** Every use case, each as the function that serves it: by the name of the route, where that is another. */
function as(route?: string): Api {
  return new Proxy(twin.api, {
    get: (api, use) => {
      const useCase = Reflect.get(api, use) as (...given: unknown[]) => unknown;
      return (...given: unknown[]) => meter.as(kebab(route ?? String(use)), () => useCase(...given));
    },
  });
}

const api = as();

async function publish(agent: string, program: string): Promise<void> {
  const file = join(folder, `${agent}.ts`);
  await writeFile(file, program);
  const { code } = await bundleProgram(file);
  await meter.as('publish-version', () => twin.publish(agent, code));
}

/** Moves time on until a run has got somewhere. */
async function until(run: string, isThere: (status: string, waitingFor?: string) => boolean): Promise<void> {
  for (let step = 0; step < 1_000; step += 1) {
    await twin.stillness();
    const { status, waitingFor, error } = await twin.api.getRun(admin, run);
    if (isThere(status, waitingFor)) return;
    assert.notEqual(status, 'failed', JSON.stringify(error));
    twin.clock.advanceToNext();
  }
  throw new Error('The run does not get there');
}

const waitsFor = (what: string) => (_: string, waitingFor?: string) => waitingFor === what;
const hasEnded = (status: string) => ['succeeded', 'failed', 'cancelled'].includes(status);

async function start(input = long): Promise<string> {
  const files = [{ path: 'given.txt', content: long }];
  const { run } = await api.startRun(admin, { agent: 'all', input: { text: input }, files });
  return run.run;
}

async function decide(run: string, decision: 'approved' | 'denied'): Promise<void> {
  const { items } = await api.listApprovals(admin, { run, limit: 10 });
  const [asked] = items;
  assert.ok(asked);
  await api.getApproval(admin, asked.approval);
  const route = decision === 'approved' ? 'approve' : 'deny';
  await as(route).decideApproval(admin, asked.approval, { decision });
}

async function playAgents(): Promise<void> {
  await publish('child', 'export default async () => 1;');
  await publish('all', everything);
  await api.listAgents(admin);
  await api.getAgent(admin, 'all');
  await api.getVersion(admin, 'all', '1.0.0');
  await api.setAlias(admin, { agent: 'all', alias: 'trial', version: '1.0.0' });
  await api.listAliases(admin, 'all');
  await api.getAlias(admin, 'all', 'trial');
  await api.removeAlias(admin, 'all', 'trial');
}

async function playRun(): Promise<string> {
  const run = await start();
  await until(run, waitsFor('approval'));
  await decide(run, 'approved');
  await until(run, waitsFor('signal'));
  await api.pauseRun(admin, run, {});
  await api.resumeRun(admin, run, {});
  await twin.stillness();
  await api.signalRun(admin, run, { name: 'go', payload: long.slice(0, 30_000) });
  await until(run, hasEnded);
  await meter.as('reconcile', () => reconcile(twin.app, tenant, run));
  return run;
}

async function playReads(run: string): Promise<void> {
  const page = { after: 0, limit: 200 };
  await api.getRun(admin, run);
  await as('getRun').waitForEnd(admin, run, 1);
  await api.listRuns(admin, { limit: 10 });
  await api.readEvents(admin, run, { ...page, waitMs: 0 });
  await api.verifyRun(admin, run);
  await as('exportRun').exportUrl(admin, run, { children: true });
  await as('getMetrics').runMetrics(admin, run);
  await as('readLogs').runLogs(admin, run, page);
  await api.readTranscript(admin, run, page);
  await api.listArtifacts(admin, run);
  await as('getArtifact').artifactUrl(admin, run, 'a.txt');
}

async function playOthers(): Promise<void> {
  const denied = await start();
  await until(denied, waitsFor('approval'));
  await decide(denied, 'denied');
  await until(denied, waitsFor('signal'));
  await api.cancelRun(admin, denied, {});
  await until(denied, hasEnded);
  const { sha256: digest, size } = { sha256: sha256('new'), size: 3 };
  await api.createUpload(admin, { sha256: digest, size });
  const { key } = await api.createKey(admin, { name: 'nightly', roles: ['user'] });
  await api.listKeys(admin, { limit: 10 });
  await api.getKey(admin, key);
  await api.revokeKey(admin, key, {});
  await api.getRetention(admin);
  await api.setRetention(admin, 1);
}

async function playWebhooks(): Promise<void> {
  const url = 'https://example.com/hook';
  const { webhook: added } = await api.addWebhook(admin, { url, events: ['run.cancelled'] });
  const { webhook } = added;
  await api.listWebhooks(admin);
  await api.getWebhook(admin, webhook);
  await api.changeWebhookSecret(admin, webhook);
  const { delivery } = await api.testWebhook(admin, webhook);
  await api.listDeliveries(admin, webhook, { limit: 10 });
  await api.getDelivery(admin, webhook, delivery);
  await api.replayDelivery(admin, webhook, delivery);
  await meter.as('courier', () =>
    deliverDue(twin.app, {
      until: Infinity,
      failed: (error) => assert.fail(String(error)),
    }),
  );
  await api.removeWebhook(admin, webhook);
}

async function playTenants(run: string): Promise<void> {
  await api.createTenant(pat, { tenant: 'other' });
  await api.listTenants(pat, { limit: 10 });
  await api.getTenant(pat, 'other');
  const parked = await start('short');
  await until(parked, waitsFor('approval'));
  const step = { tenant, run: parked, generation: 1 } as Step;
  await meter.as('task-successor', () => startSuccessor(twin.app, step));
  await api.suspendTenant(pat, tenant, {});
  await twin.stillness();
  await api.resumeTenant(pat, tenant, {});
  await twin.stillness();
  const { events } = await twin.api.readEvents(admin, run, { after: 0, limit: 1, waitMs: 0 });
  await api.erasePayload(admin, { run, seq: events[0]?.seq ?? 1, reason: 'Asked for' });
  await api.readAudit(admin, { after: 0, limit: 10, waitMs: 0 });
  await api.verifyAudit(admin);
  await api.readPlatformAudit(pat, { after: 0, limit: 10, waitMs: 0 });
  await api.verifyPlatformAudit(pat);
}

async function playCaretakers(): Promise<void> {
  await meter.as('reconcile', async () => {
    await settleTenants(twin.app);
    await reconcileScheduled(twin.app, '2026-12-31T00:00:00.000Z');
  });
  await twin.stillness();
  twin.clock.advance(3 * 86_400_000);
  await twin.stillness();
  await meter.as('upkeep', async () => {
    await removeExpired(twin.app, Infinity);
    const begun = await beginSweep(twin.app, tenant);
    if (begun) await finishSweep(twin.app, begun);
    await twin.app.outbox.prune('2026-12-31T00:00:00.000Z');
    await twin.app.disposal.settle();
  });
}

/** What every function for callers needs to know them, and to tell who was refused. */
const ofCallers: readonly Right[] = ['store:read', 'refusals:send'];

interface Unplayed {
  readonly when: string;
  readonly rights: readonly Right[];
  readonly functions: readonly string[];
}

const steering = ['cancel-run', 'pause-run', 'resume-run', 'signal-run', 'approve', 'deny'];
const ofTenants = ['suspend-tenant', 'resume-tenant'];

/** What happens in none of these plays: somebody was cut off, or came at the same time, or a service refused. */
const unplayed: readonly Unplayed[] = [
  {
    when: 'the engine does not answer: the reconciler is asked to look',
    rights: ['reconcile:send'],
    functions: [...steering, ...ofTenants, 'start-run', 'report', 'task-advance'],
  },
  {
    when: 'time has passed for which the run had waited',
    rights: ['engine:answer'],
    functions: ['pause-run', 'resume-run', ...ofTenants],
  },
  {
    when: 'a child was asked for and not made',
    rights: ['blobs:read', 'blobs:write', 'engine:run'],
    functions: ['resume-tenant'],
  },
  {
    when: 'who ended the run was cut off before its parent was told',
    rights: ['blobs:read', 'blobs:write', 'engine:answer', 'reconcile:send', 'live:send'],
    functions: ['erase-payload', 'task-finish'],
  },
  {
    when: 'the execution before this one was lost with a command at work',
    rights: ['store:write', 'live:send', 'workers:run'],
    functions: ['task-prepare'],
  },
  { when: 'a run is cancelled with a command at work', rights: ['workers:run'], functions: ['task-advance'] },
  {
    when: 'a command was answered before its execution waited, or cannot run here',
    rights: ['engine:answer', 'live:send'],
    functions: ['task-dispatch'],
  },
  { when: 'there are news before the execution waits', rights: ['engine:answer'], functions: ['task-await'] },
  { when: 'a step has failed for good', rights: ['key:heads', 'workers:run'], functions: ['task-finish'] },
];

describe('the rights of a function', () => {
  before(async () => {
    await twin.open();
    await api.createTenant(pat, { tenant });
    await playAgents();
    const run = await playRun();
    await playReads(run);
    await playOthers();
    await playWebhooks();
    await playTenants(run);
    await playCaretakers();
  });
  after(async () => {
    twin.close();
    await rm(folder, { recursive: true });
  });

  const served = httpFunctions().filter(({ route }) => route.credential !== 'none');
  const specs = [
    ...served.map(({ name, rights }) => ({ name, rights, always: ofCallers })),
    ...Object.values(taskFunctions).map(({ name, rights }) => ({ name, rights, always: [] })),
  ];
  for (const { name, rights, always } of specs) {
    it(`${name} has those that its calls take, and no others`, () => {
      const used = meter.used(name);
      assert.ok(used, 'It is called');
      const rare = unplayed.filter(({ functions }) => functions.includes(name)).flatMap((one) => one.rights);
      assert.deepEqual([...rights].sort(), [...new Set([...used, ...always, ...rare])].sort());
    });
  }

  for (const name of ['reconcile', 'courier', 'upkeep']) {
    it(`${name} lacks none that its calls take`, () => {
      const rights = caretakers.find((one) => one.name === name)?.rights ?? [];
      const used = meter.used(name);
      assert.ok(used && used.size > 1, 'It is called');
      assert.deepEqual(
        [...used].filter((right) => !rights.includes(right)),
        [],
      );
    });
  }
});
