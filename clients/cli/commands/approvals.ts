import { defineCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { cleanLine } from '../terminal/clean.ts';
import { table } from '../terminal/table.ts';
import { localTime } from '../views/run-table.ts';
import { refuseMore } from './arguments.ts';

export const command = defineCommand({
  usage: '[--all] [--run RUN]',
  options: {
    all: { type: 'boolean', help: 'also those that are decided' },
    run: { type: 'string', value: 'RUN', help: 'only those of one run' },
  },
  async run(call) {
    refuseMore(call, 0);
    const { all, run } = call.values;
    const page = await call.connect().listApprovals({
      ...(all ? {} : { status: 'pending' }),
      ...(run === undefined ? {} : { run }),
    });
    const { output, json } = call;
    if (json) {
      output.document(page);
      return exitCodes.ok;
    }
    if (page.items.length === 0) {
      output.line(all ? 'No approvals.' : 'Nothing waits for a decision.');
      return exitCodes.ok;
    }
    output.lines(
      table(
        page.items,
        [
          { title: 'approval', text: ({ approval }) => approval, tone: () => 'name' },
          { title: 'agent', text: ({ agent }) => agent, optional: true },
          { title: 'what', text: ({ what }) => cleanLine(what), gives: true },
          {
            title: 'status',
            optional: true,
            text: ({ status }) => status,
            tone: ({ status }) => (status === 'pending' ? 'attention' : 'quiet'),
          },
          {
            title: 'asked',
            text: ({ requestedAt }) => localTime(requestedAt),
            tone: () => 'quiet',
            optional: true,
          },
        ],
        output,
      ),
    );
    return exitCodes.ok;
  },
});
