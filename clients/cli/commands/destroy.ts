import { currentAccount } from '../cloud/account.ts';
import { inCloud } from '../cloud/cloud-error.ts';
import type { StandingStage } from '../cloud/removal/remove-stage.ts';
import { changedStageOf, stageOption } from '../cloud/stage.ts';
import { defineCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { UsageError } from '../usage-error.ts';
import { refuseMore } from './arguments.ts';

export const command = defineCommand({
  usage: '--stage STAGE --yes [--delete-runs-and-accounts]',
  options: {
    stage: stageOption,
    yes: { type: 'boolean', help: 'say that you mean it' },
    'delete-runs-and-accounts': {
      type: 'boolean',
      help: 'also what such a stage keeps: runs, artefacts, accounts, keys, logs; for good',
    },
  },
  details:
    'Removes a stage, stack after stack, with everything in its bucket, and names what stays and what that costs. A stage\n' +
    'that keeps its data, such as prod, is protected: it goes with --delete-runs-and-accounts only. After a failure the\n' +
    'same command goes on. With --json: {"destroyed": {"stage", "account", "region", "stays": [{"what", "costs"}]}}.',
  async run(call) {
    refuseMore(call, 0);
    const { values, output, json } = call;
    const stage = changedStageOf(values.stage);
    const { account, region } = await currentAccount();
    // Only who removes a stage needs these clients.
    const [{ currentAws }, { findStage, removeStage }] = await Promise.all([
      import('../cloud/removal/aws.ts'),
      import('../cloud/removal/remove-stage.ts'),
    ]);
    const aws = currentAws();
    const deletesData = values['delete-runs-and-accounts'] ?? false;
    const standing = await inCloud(() => findStage(aws, { stage, account, region }));
    const refusal = refusalOf(standing, { yes: values.yes ?? false, deletesData });
    if (refusal !== undefined) throw new UsageError(refusal);
    const stays = await inCloud(() =>
      removeStage(aws, standing, {
        deletesData,
        onStep: (what) => json || output.live.show(what),
        onRemoved: (what) => json || output.line(`Removed ${what}`),
      }),
    ).finally(() => output.live.hide());
    if (json) {
      output.document({ destroyed: { stage, account, region, stays } });
      return exitCodes.ok;
    }
    output.line(`Stage ${stage} is gone from ${region}, account ${account}. What stays, and what it costs:`);
    output.lines(stays.map(({ what, costs }) => `  ${what}: ${costs}`));
    return exitCodes.ok;
  },
});

/** Why a stage is not removed yet, if it is not: what has to be said for it. */
export function refusalOf(
  { stage, region, stacks }: StandingStage,
  { yes, deletesData }: { readonly yes: boolean; readonly deletesData: boolean },
): string | undefined {
  if (!deletesData && stacks.some((one) => one.EnableTerminationProtection)) {
    return `Stage ${stage} keeps its data and is protected: add --delete-runs-and-accounts if all of it is to be lost for good`;
  }
  if (yes) return undefined;
  const names = stacks.map(({ StackName }) => StackName).join(', ') || 'what its stacks have left';
  const data = deletesData ? ', with every run, account, key and log' : '';
  return `It would remove ${names} in ${region}${data}: add --yes if you mean it`;
}
