import { currentAccount } from '../cloud/account.ts';
import { runCdk } from '../cloud/cdk.ts';
import { stacksOf } from '../cloud/stacks.ts';
import { changedStageOf, stageOption } from '../cloud/stage.ts';
import { defineCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { UsageError } from '../usage-error.ts';
import { refuseMore } from './arguments.ts';

export const command = defineCommand({
  usage: '--stage STAGE --yes',
  options: {
    stage: stageOption,
    context: { type: 'string', multiple: true, value: 'KEY=VALUE', help: 'as it was deployed with' },
    yes: { type: 'boolean', help: 'say that you mean it' },
  },
  details:
    'Removes every stack of a stage. What a stage of its kind is to keep (in prod: tables, buckets, keys) stays and is\n' +
    'named; docs/guides/aws.md says how to remove that too, so that nothing is billed any more.\n' +
    'With --json: {"destroyed": {"stage", "account", "region"}}.',
  async run(call) {
    refuseMore(call, 0);
    const { values, output } = call;
    const stage = changedStageOf(values.stage);
    const account = await currentAccount();
    const stacks = await stacksOf(stage);
    if (!values.yes) {
      const names = stacks.map(({ StackName }) => StackName).join(', ');
      throw new UsageError(`It would remove ${names} in ${account.region}: add --yes if you mean it`);
    }
    await runCdk({ verb: 'destroy', stage, context: values.context ?? [], options: ['--force'] }, account);
    const { account: id, region } = account;
    if (call.json) output.document({ destroyed: { stage, account: id, region } });
    else output.line(`Stage ${stage} is gone from ${region}, account ${id}.`);
    return exitCodes.ok;
  },
});
