import assert from 'node:assert/strict';
import { it } from 'node:test';
import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { accept } from '../constructs/accept.ts';
import { inspect } from './nag.ts';

function withBucket(accepted: readonly string[]): App {
  const app = new App();
  const bucket = new Bucket(new Stack(app, 'Stack'), 'Open');
  accept(bucket, Object.fromEntries(accepted.map((id) => [id, 'It is a test.'])));
  return inspect(app);
}

it('a finding that nobody accepts fails the synthesis, and one that is accepted does not', () => {
  assert.throws(() => withBucket(['AwsSolutions-S1']).synth(), /Validation failed/);
  assert.doesNotThrow(() => withBucket(['AwsSolutions-S1', 'AwsSolutions-S2', 'AwsSolutions-S10']).synth());
});
