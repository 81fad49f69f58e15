import { defineCommand } from '../command.ts';
import { UsageError } from '../usage-error.ts';

/** Here for the list of commands: the launcher does it itself. */
export const command = defineCommand({
  usage: 'BACKUP',
  options: {},
  details:
    'Makes the data folder of a backup and holds every file against its sum. The folder must not be there yet, or be\n' +
    'empty. Once a server is started on it, runs that had not ended go on: never beside the server they come from.\n' +
    'With --json: {"restored": {"data", "at", "runs", …}}.',
  async run() {
    throw new UsageError('`restore` is a command of the launcher: start it as `npx tandem restore BACKUP`');
  },
});
