import { defineCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { count } from '../terminal/units.ts';
import { UsageError } from '../usage-error.ts';
import { takeArguments } from './arguments.ts';

export const command = defineCommand({
  usage: 'RUN SEQ --reason TEXT',
  options: {
    reason: { type: 'string', value: 'TEXT', help: 'why, for the audit log and for readers of the run' },
  },
  details:
    'Erases what event number SEQ of an ended run said, for good, and every copy of it in the data folder. Envelope and\n' +
    'chain stay, so that the log still verifies. Backups and exports from before are not touched. Needs the role admin.',
  async run(call) {
    const [run, typed] = takeArguments(call, 'RUN', 'SEQ');
    const { reason } = call.values;
    if (!/^[1-9]\d{0,14}$/.test(typed))
      throw new UsageError(`SEQ is the number of an event, not \`${typed}\``);
    if (reason === undefined) throw new UsageError('--reason is missing: it is kept beside what is left');
    const erased = await call.connect().erasePayload(run, Number(typed), reason);
    const { output, json } = call;
    if (json) output.document(erased);
    else {
      const { event, blobs } = erased;
      const more =
        blobs === 0 ? '' : ` ${count(blobs, 'blob')} go once it is certain that nothing else names them.`;
      output.line(`Erased what event ${event.seq} (${event.type}) of ${run} said.${more}`);
    }
    return exitCodes.ok;
  },
});
