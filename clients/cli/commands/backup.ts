import { defineCommand } from '../command.ts';
import { UsageError } from '../usage-error.ts';

/** Here for the list of commands: the launcher does it itself, on the data folder. */
export const command = defineCommand({
  usage: 'DIR',
  options: { 'without-keys': { type: 'boolean', help: 'leave keys and accounts out' } },
  details:
    'Copies logs, blobs, keys and accounts to DIR, as they are at one moment, and verifies every log in the copy. The\n' +
    'server may go on. DIR appears when the backup is whole; it must not be there yet, or be empty.\n' +
    'With --json: {"backup": {"path", "runs", "events", "files", "bytes", "damage", …}}.',
  async run() {
    throw new UsageError('`backup` is a command of the launcher: start it as `npx tandem backup DIR`');
  },
});
