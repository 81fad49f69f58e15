import { defineCommand } from '../command.ts';
import { UsageError } from '../usage-error.ts';

/** Here for the list of commands: the launcher does it itself, on the data folder. */
export const command = defineCommand({
  usage: 'list | add NAME | remove NAME',
  options: {
    tenant: { type: 'string', value: 'TENANT', help: 'of the client (default: local)' },
    role: { type: 'string', value: 'ROLE', help: 'user (default), operator, admin, or platform' },
    'public-key': { type: 'string', value: 'FILE', help: 'PEM of a key it signs with, instead of a secret' },
  },
  details:
    'Machines that get tokens by themselves (client_credentials). Works on the data folder, whether a\n' +
    'server uses it or not. A secret is shown once. Machines of a stage on AWS are clients of its user pool, which a\n' +
    'deployment makes (`--context tenants=`): docs/guides/aws.md.',
  async run() {
    throw new UsageError('`clients` is a command of the launcher: start it as `npx tandem clients`');
  },
});
