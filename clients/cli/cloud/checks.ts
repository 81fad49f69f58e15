import type { Finding } from '../doctor/check.ts';
import { assertBootstrapped, currentAccount } from './account.ts';
import { outputsOf, stacksOf } from './stacks.ts';

export async function checkAccount(): Promise<Finding> {
  const { account, region, caller } = await currentAccount();
  return { ok: true, found: `${caller}, account ${account}, ${region}` };
}

export async function checkBootstrap(): Promise<Finding> {
  await assertBootstrapped(await currentAccount());
  return { ok: true, found: 'CDKToolkit is there' };
}

/** Ends of a deployment after which a stack is as it should be. */
const settled = /^(?:CREATE|UPDATE|IMPORT)_COMPLETE$/;

export async function checkStacks(stage: string): Promise<Finding> {
  const stacks = await stacksOf(stage);
  const others = stacks.filter(({ StackStatus = '' }) => !settled.test(StackStatus));
  if (others.length === 0) return { ok: true, found: `${stacks.length} stacks, all complete` };
  const found = others.map(({ StackName, StackStatus }) => `${StackName} is ${StackStatus}`).join(', ');
  const remedy = `Wait until nothing is in progress, then run \`npx tandem deploy --stage ${stage}\`.`;
  return { ok: false, found, remedy };
}

/** The name of the output that says where the API is. */
const apiOutput = 'ApiUrl';

export async function checkApi(stage: string): Promise<Finding> {
  const url = outputsOf(await stacksOf(stage)).get(apiOutput);
  if (url === undefined) {
    const remedy = `Run \`npx tandem deploy --stage ${stage}\`.`;
    return { ok: false, found: `the stacks name no ${apiOutput}`, remedy };
  }
  const { status } = await fetch(`${url.replace(/\/$/, '')}/health/ready`, {
    signal: AbortSignal.timeout(10_000),
  });
  const remedy = `\`npx tandem logs --stage ${stage} --function ready\` says why.`;
  return status === 200 ? { ok: true, found: url } : { ok: false, found: `${url} answers ${status}`, remedy };
}
