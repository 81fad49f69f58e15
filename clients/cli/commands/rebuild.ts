import { defineCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { duration } from '../terminal/units.ts';
import { refuseMore } from './arguments.ts';

export const command = defineCommand({
  usage: '',
  options: {},
  details:
    'Empties the lists of runs, approvals and artefacts, and what is due, and fills them again from the logs.',
  async run(call) {
    refuseMore(call, 0);
    const { output, json } = call;
    const started = performance.now();
    output.live.show(() => `reads every log · ${duration(performance.now() - started)}`);
    const answer = await call
      .connect()
      .rebuild()
      .finally(() => output.live.hide());
    if (json) output.document(answer);
    else output.line(`Every list is filled again from the logs (${duration(performance.now() - started)}).`);
    return exitCodes.ok;
  },
});
