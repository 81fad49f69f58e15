import { assertBootstrapped, currentAccount } from '../cloud/account.ts';
import { runCdk } from '../cloud/cdk.ts';
import { outputsOf, stacksOf } from '../cloud/stacks.ts';
import { changedStageOf, stageOption } from '../cloud/stage.ts';
import { defineCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { padEnd } from '../terminal/width.ts';
import { refuseMore } from './arguments.ts';

export const command = defineCommand({
  usage: '--stage STAGE [--context KEY=VALUE …] [--yes]',
  options: {
    stage: stageOption,
    context: {
      type: 'string',
      multiple: true,
      value: 'KEY=VALUE',
      help: 'more for the stacks: stateStore=aurora, tasks=on, …',
    },
    yes: { type: 'boolean', help: 'do not ask before rights are widened' },
  },
  details:
    'Brings a stage to what this checkout says, in the AWS account and region of your credentials: the first time it is\n' +
    'made, after that it is changed. Runs in flight keep their version and their definition.\n' +
    'With --json: {"deployed": {"stage", "account", "region", "outputs"}}, after the words of the AWS CDK on standard error.',
  async run(call) {
    refuseMore(call, 0);
    const { values, output } = call;
    const stage = changedStageOf(values.stage);
    const account = await currentAccount();
    await assertBootstrapped(account);
    const approval = values.yes || !call.surroundings.interactive ? 'never' : 'broadening';
    await runCdk(
      {
        verb: 'deploy',
        stage,
        context: values.context ?? [],
        options: ['--require-approval', approval, '--concurrency', '3'],
      },
      account,
    );
    const outputs = outputsOf(await stacksOf(stage));
    const { account: id, region } = account;
    if (call.json) {
      output.document({ deployed: { stage, account: id, region, outputs: Object.fromEntries(outputs) } });
      return exitCodes.ok;
    }
    output.line();
    output.line(`Stage ${stage} is deployed in ${region}, account ${id}.`);
    const width = Math.max(0, ...[...outputs.keys()].map((name) => name.length));
    output.lines([...outputs].map(([name, value]) => `  ${padEnd(name, width)}  ${value}`));
    return exitCodes.ok;
  },
});
