import { defineCommand } from '../command.ts';
import { UsageError } from '../usage-error.ts';

/** Here for the list of commands: the launcher does it itself, on the data folder, while no server uses it. */
export const command = defineCommand({
  usage: '',
  options: {},
  details:
    'Fills every list and what is due again from the logs. Stop the server first.\n' +
    'With --json: {"rebuilt": {"runs", "ms"}}.',
  async run() {
    throw new UsageError('`rebuild` is a command of the launcher: start it as `npx tandem rebuild`');
  },
});
