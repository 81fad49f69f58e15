import { defineCommand } from '../command.ts';
import { UsageError } from '../usage-error.ts';

/** Here for the list of commands: the launcher starts the server itself. */
export const command = defineCommand({
  usage: '[--port N] [--host ADDRESS] [--auth tokens|none] [--tls]',
  options: {
    port: { type: 'string', value: 'N', help: 'port (default: the first free one from 4400 on)' },
    host: { type: 'string', value: 'ADDRESS', help: 'address to listen on (default: this machine only)' },
    tls: { type: 'boolean', help: 'speak HTTPS, with a certificate made on the first start' },
    'tls-cert': { type: 'string', value: 'FILE', help: 'a certificate of your own (PEM)' },
    'tls-key': { type: 'string', value: 'FILE', help: 'its private key (PEM)' },
    auth: { type: 'string', value: 'HOW', help: 'tokens, or none: everybody is an admin (loopback only)' },
  },
  details:
    'With --json: a line when it listens, {"listening": {"url", "pid", "data"}}, and one when it has stopped, {"stopped": …}.\n' +
    'Its log goes to standard error, as JSON lines.',
  async run() {
    throw new UsageError('`up` is a command of the launcher: start it as `npx tandem up`');
  },
});
