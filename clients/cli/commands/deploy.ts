import { assertBootstrapped, currentAccount } from '../cloud/account.ts';
import { runCdk } from '../cloud/cdk.ts';
import { deployedContext, keepContext } from '../cloud/kept-context.ts';
import { outputsOf, stacksOf } from '../cloud/stacks.ts';
import { changedStageOf, stageOption } from '../cloud/stage.ts';
import { defineCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { padEnd } from '../terminal/width.ts';
import { refuseMore } from './arguments.ts';

export const command = defineCommand({
  usage: '--stage STAGE [--context KEY=VALUE …] [--diff] [--yes]',
  options: {
    stage: stageOption,
    context: {
      type: 'string',
      multiple: true,
      value: 'KEY=VALUE',
      help: 'more for the stacks: stateStore=aurora, tasks=on, …; KEY= for no longer',
    },
    diff: { type: 'boolean', help: 'say what would change, and change nothing' },
    yes: { type: 'boolean', help: 'do not ask before rights are widened' },
  },
  details:
    'Brings a stage to what this checkout says, in the AWS account and region of your credentials: the first time it is\n' +
    'made, after that it is changed. Runs in flight keep their version and their definition. Context that is not given\n' +
    'again stays as it was; the store of the data cannot be changed.\n' +
    'With --json: {"deployed": {"stage", "account", "region", "outputs"}}, after the words of the AWS CDK on standard error; with --diff, those words alone.',
  async run(call) {
    refuseMore(call, 0);
    const { values, output } = call;
    const stage = changedStageOf(values.stage);
    const account = await currentAccount();
    await assertBootstrapped(account);
    const { context, kept } = keepContext(stage, values.context ?? [], await deployedContext(stage));
    if (kept.length > 0 && !call.json) output.line(`As before: ${kept.join(' ')}`);
    if (values.diff) {
      await runCdk({ verb: 'diff', stage, context, options: [] }, account);
      return exitCodes.ok;
    }
    const approval = values.yes || !call.surroundings.interactive ? 'never' : 'broadening';
    const options = ['--require-approval', approval, '--concurrency', '3'];
    await runCdk({ verb: 'deploy', stage, context, options }, account);
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
