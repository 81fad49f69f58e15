import { defineCommand } from '../command.ts';
import { conclude, followOptions, followRun } from '../following/follow-run.ts';
import { runOf } from './arguments.ts';

export const command = defineCommand({
  usage: '[RUN] [--yes] [--once]',
  options: followOptions,
  details: 'Shows the run from its start, then as it happens. Without RUN: the newest one.',
  async run(call) {
    const run = await runOf(call);
    const { yes = false, once = false } = call.values;
    return conclude(call, run, await followRun(call, run, { yes, once }));
  },
});
