import { env } from 'node:process';
import { isTandemError } from '../shared/errors/tandem-error.ts';
import { tandemApp } from './app.ts';
import { testBundles } from './testing/bundles.ts';

/**
 * What `npx cdk` runs, as `cdk.json` says. Which stage: `-c stage=dev|prod|twin`, or a name of one's own. What does not
 * fit is one sentence and no trace.
 */
try {
  const found = { account: env['CDK_DEFAULT_ACCOUNT'], region: env['CDK_DEFAULT_REGION'] };
  tandemApp(testBundles, found).synth();
} catch (error) {
  if (!isTandemError(error)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
}
