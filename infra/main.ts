import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { isTandemError } from '../shared/errors/tandem-error.ts';
import { tandemApp } from './app.ts';
import { realBundles } from './bundling/bundles.ts';

/**
 * What `npx cdk` runs, as `cdk.json` says. Which stage: `-c stage=dev|prod|twin`, or a name of one's own. What does not
 * fit is one sentence and no trace.
 */
const folder = mkdtempSync(join(tmpdir(), 'tandem-bundles-'));
try {
  const found = { account: env['CDK_DEFAULT_ACCOUNT'], region: env['CDK_DEFAULT_REGION'] };
  const month = new Date().toISOString().slice(0, 'yyyy-mm'.length);
  tandemApp(await realBundles(folder, month), found).synth();
} catch (error) {
  if (!isTandemError(error)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
