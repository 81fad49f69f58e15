import { after, before, describe } from 'node:test';
import { aliases } from './aliases.scenarios.ts';
import { approvals } from './approvals.scenarios.ts';
import { audit, survivingAudit } from './audit.scenarios.ts';
import { children } from './children.scenarios.ts';
import { commands } from './commands.scenarios.ts';
import { control } from './control.scenarios.ts';
import type { Deployment } from './deployment.ts';
import { embeddedDeployment } from './embedded.ts';
import { evidence } from './evidence.scenarios.ts';
import { exporting } from './exporting.scenarios.ts';
import { files } from './files.scenarios.ts';
import { keys, survivingKeys } from './keys.scenarios.ts';
import { publishing } from './publishing.scenarios.ts';
import { reading } from './reading.scenarios.ts';
import { requiredRoles } from './required-roles.scenarios.ts';
import { running } from './running.scenarios.ts';
import { signals } from './signals.scenarios.ts';
import { surviving } from './surviving.scenarios.ts';
import { survivingSuspension, suspension } from './suspension.scenarios.ts';
import { tenants } from './tenants.scenarios.ts';
import { Twin } from './twin.ts';

describe('the embedded twin', { timeout: 120_000 }, () => {
  let deployment: Deployment;
  let twin: Twin;
  before(async () => {
    deployment = await embeddedDeployment();
    twin = new Twin(deployment);
  });
  after(() => deployment[Symbol.asyncDispose]());
  const its = () => twin;

  describe('side by side', { concurrency: 10 }, () => {
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
    reading(its);
    tenants(its);
    suspension(its);
    keys(its);
    audit(its);
  });
  surviving(its);
  survivingSuspension(its);
  survivingKeys(its);
  survivingAudit(its);
  evidence(its);
});
