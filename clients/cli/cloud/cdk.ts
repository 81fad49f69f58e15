import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { Account } from './account.ts';

const checkout = fileURLToPath(new URL('../../..', import.meta.url));
const cdk = fileURLToPath(new URL('../../../node_modules/aws-cdk/bin/cdk', import.meta.url));

/** A call of the AWS CDK on the stacks of one stage. */
export interface CdkCall {
  readonly verb: 'deploy' | 'diff';
  readonly stage: string;
  /** More context, `key=value` each. */
  readonly context: readonly string[];
  readonly options: readonly string[];
}

/**
 * Runs the AWS CDK of this checkout, whose words go to standard error as they are. Throws `stage.failed`, or
 * `environment.unsupported` where the CDK is not installed: an installed package of Tandem has no stacks in it.
 */
export async function runCdk(
  { verb, stage, context, options }: CdkCall,
  { account, region }: Account,
): Promise<void> {
  if (!existsSync(cdk)) {
    throw new TandemError('environment.unsupported', {
      message: 'The AWS CDK is not installed: run this in a checkout of Tandem after `npm ci`',
    });
  }
  const contexts = [`stage=${stage}`, ...context].flatMap((pair) => ['--context', pair]);
  const child = spawn(process.execPath, [cdk, verb, '--all', ...contexts, ...options], {
    cwd: checkout,
    // Standard output is for the answer.
    stdio: ['inherit', 2, 2],
    env: { ...process.env, CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region, AWS_REGION: region },
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code === 0) return;
  throw new TandemError('stage.failed', {
    message: `cdk ${verb} ended with ${code ?? 'a signal'}`,
    details: { stage, verb },
  });
}
