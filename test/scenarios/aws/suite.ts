import { describe } from 'node:test';
import { limitSideBySide, prolong } from '../pace.ts';
import { scenarios } from '../scenarios.ts';
import { awsDeployment } from './deployment.ts';
import { stageVariable } from './surroundings.ts';

const stage = process.env[stageVariable] ?? '';

/** The scenarios on a stage that is deployed. */
describe(`stage ${stage}`, { timeout: 2_400_000 }, () => {
  // LocalStack has a container for each call that is under way.
  if (stage === 'twin') limitSideBySide(2);
  // Every execution of the stage is stopped, one request each; how long that takes was seen on LocalStack only.
  prolong(30);
  scenarios(() => awsDeployment(stage), {
    lateRefusal: 'an export lies in the bucket, at an address that is good for its minutes',
    brokenConnections: 'an outage of a stage ends executions and tasks, and no connection',
    restart: 'a stage has no restart in good order',
    ...(stage === 'twin' ? {} : { webhooks: 'functions do not reach this machine' }),
  });
});
