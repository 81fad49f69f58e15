import { defineCommand } from '../command.ts';
import { UsageError } from '../usage-error.ts';

/** Here for the list of commands: the launcher does it itself, on the data folder, while no server uses it. */
export const command = defineCommand({
  usage: '[--yes]',
  options: { yes: { type: 'boolean', help: 'delete without asking' } },
  details:
    'Deletes what the data folder holds (runs, agents, keys, accounts), after showing how much that is, and asking. A\n' +
    'server has to be stopped first. Files that are not of Tandem are left, links are not followed.\n' +
    'With --json: {"reset": {"data", "runs", "agents", "bytes", "kept"}}.',
  async run() {
    throw new UsageError('`reset` is a command of the launcher: start it as `npx tandem reset`');
  },
});
