import { after, before, describe } from 'node:test';
import { aliases } from './aliases.scenarios.ts';
import { approvals } from './approvals.scenarios.ts';
import { audit, restartingAudit } from './audit.scenarios.ts';
import { children } from './children.scenarios.ts';
import { commands } from './commands.scenarios.ts';
import { control } from './control.scenarios.ts';
import type { Deployment } from './deployment.ts';
import { disposal } from './disposal.scenarios.ts';
import { evidence } from './evidence.scenarios.ts';
import { exporting, lateRefusal } from './exporting.scenarios.ts';
import { files } from './files.scenarios.ts';
import { histories } from './histories.scenarios.ts';
import { keys, survivingKeys } from './keys.scenarios.ts';
import { live, survivingLive } from './live.scenarios.ts';
import { Outage } from './outage.ts';
import { atOnce } from './pace.ts';
import { publishing } from './publishing.scenarios.ts';
import { reading } from './reading.scenarios.ts';
import { requiredRoles } from './required-roles.scenarios.ts';
import { running } from './running.scenarios.ts';
import { signals } from './signals.scenarios.ts';
import { restarting, surviving } from './surviving.scenarios.ts';
import { survivingSuspension, suspension } from './suspension.scenarios.ts';
import { tenants } from './tenants.scenarios.ts';
import { Twin } from './twin.ts';
import { survivingWebhooks, webhooks } from './webhooks.scenarios.ts';

/** What a deployment cannot be asked for, each with the reason. */
export interface LeftOut {
  /** To tell a server on this machine of events. */
  readonly webhooks?: string;
  /** To refuse an export that has been made, once its tenant is suspended. */
  readonly lateRefusal?: string;
  /** To break connections when it is killed. */
  readonly brokenConnections?: string;
  /** To be stopped and started in good order. */
  readonly restart?: string;
}

/** Every scenario, on a deployment that is opened for them and closed after them. Called in a suite of the runner. */
export function scenarios(open: () => Promise<Deployment>, leftOut: LeftOut = {}): void {
  let deployment: Deployment;
  let twin: Twin;
  before(async () => {
    deployment = await open();
    twin = new Twin(deployment);
  });
  after(() => deployment?.[Symbol.asyncDispose]());
  const its = () => twin;

  describe('side by side', { concurrency: atOnce(10) }, () => {
    // What waits longest comes first: where few run side by side, the others pass it by.
    if (leftOut.webhooks === undefined) webhooks(its);
    publishing(its);
    aliases(its);
    requiredRoles(its);
    running(its);
    approvals(its);
    signals(its);
    control(its);
    commands(its);
    children(its);
    files(its);
    exporting(its);
    if (leftOut.lateRefusal === undefined) lateRefusal(its);
    disposal(its);
    reading(its);
    tenants(its);
    suspension(its);
    keys(its);
    audit(its);
    live(its);
    histories(its);
  });
  // Each turns the deployment off and on, once for all its scenarios: nothing else may run beside them. Those that wait
  // longest come first here, too.
  describe('a kill without warning', { concurrency: true }, () => {
    const cut = new Outage(atOnce(10), async (meanwhile) => {
      await deployment.kill();
      await meanwhile();
      await deployment.start();
    });
    if (leftOut.webhooks === undefined) survivingWebhooks(its, cut);
    surviving(its, cut);
    survivingSuspension(its, cut);
    survivingKeys(its, cut);
    if (leftOut.brokenConnections === undefined) survivingLive(its, cut);
  });
  if (leftOut.restart === undefined) {
    describe('a restart in good order', { concurrency: true }, () => {
      const stop = new Outage(atOnce(10), async (meanwhile) => {
        await deployment.restart();
        await meanwhile();
      });
      restarting(its, stop);
      restartingAudit(its, stop);
    });
  }
  evidence(its);
}
