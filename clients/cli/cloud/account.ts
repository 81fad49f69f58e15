import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { inCloud } from './cloud-error.ts';

/** Where a stage lives, and who calls. */
export interface Account {
  readonly account: string;
  readonly region: string;
  /** ARN of who calls. */
  readonly caller: string;
}

/** Asks AWS who calls. Throws `cloud.credentials`, `cloud.region` or `cloud.unreachable`. */
export async function currentAccount(): Promise<Account> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
  return inCloud(async () => {
    const client = new STSClient({ maxAttempts: 2 });
    const region = await client.config.region();
    const { Account: account = '', Arn: caller = '' } = await client.send(new GetCallerIdentityCommand({}));
    return { account, region, caller };
  });
}

/** Throws `cloud.not-bootstrapped` where the CDK has never been prepared. */
export async function assertBootstrapped({ account, region }: Account): Promise<void> {
  const { describeStack } = await import('./stacks.ts');
  if (await describeStack('CDKToolkit')) return;
  const command = `npx cdk bootstrap aws://${account}/${region}`;
  const message = `The account ${account} is not prepared for the AWS CDK in ${region}: ${command}`;
  throw new TandemError('cloud.not-bootstrapped', { message, details: { account, region, command } });
}
