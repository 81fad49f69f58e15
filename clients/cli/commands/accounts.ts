import { defineCommand } from '../command.ts';
import { UsageError } from '../usage-error.ts';

/** Here for the list of commands: the launcher does it itself, on the data folder. */
export const command = defineCommand({
  usage: 'list | add NAME | remove NAME | password NAME',
  options: {
    tenant: { type: 'string', value: 'TENANT', help: 'of the account (default: local)' },
    role: { type: 'string', value: 'ROLE', help: 'user (default), operator, admin, or platform' },
    'password-stdin': { type: 'boolean', help: 'read the password instead of making one up' },
  },
  details:
    'Who may sign in with `login`. Works on the data folder, whether a server uses it or not. A\n' +
    'password that is made up is shown once. `remove` and `password` end every sign-in.',
  async run() {
    throw new UsageError('`accounts` is a command of the launcher: start it as `npx tandem accounts`');
  },
});
