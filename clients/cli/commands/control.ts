import type { Run } from '../../../shared/protocol/runs.ts';
import type { TandemClient } from '../../sdk/client.ts';
import { type Command, defineCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { statusTones } from '../views/tones.ts';
import { takeArguments } from './arguments.ts';

interface Control {
  readonly act: (client: TandemClient, run: string, reason: string | undefined) => Promise<Run>;
  /** What happens to a run that is at work just now: it acts between operations. */
  readonly meanwhile: (run: Run) => string | undefined;
}

/** A command that steers one run, for a reason. */
export function controlCommand({ act, meanwhile }: Control): Command {
  return defineCommand({
    usage: 'RUN [--reason TEXT]',
    options: { reason: { type: 'string', value: 'TEXT', help: 'why, for the record' } },
    async run(call) {
      const [id] = takeArguments(call, 'RUN');
      const run = await act(call.connect(), id, call.values.reason);
      const { output, json } = call;
      if (json) output.document(run);
      else
        output.line(
          `${run.run} ${meanwhile(run) ?? `is ${output.paint(statusTones[run.status], run.status)}`}.`,
        );
      return exitCodes.ok;
    },
  });
}
