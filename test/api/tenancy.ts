import { after, before, describe } from 'node:test';
import type { Deployment } from '../scenarios/deployment.ts';
import { embeddedDeployment } from '../scenarios/embedded.ts';
import { tenants } from '../scenarios/tenants.scenarios.ts';
import { Twin } from '../scenarios/twin.ts';

/** The scenarios of tenants alone; `npm test` has them among the others. */
describe('the embedded twin', { timeout: 120_000 }, () => {
  let deployment: Deployment;
  let twin: Twin;
  before(async () => {
    deployment = await embeddedDeployment();
    twin = new Twin(deployment);
  });
  after(() => deployment[Symbol.asyncDispose]());

  tenants(() => twin);
});
