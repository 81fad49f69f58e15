import { unreachable } from '../../sdk/api-error.ts';
import { TandemClient } from '../../sdk/client.ts';
import type { Surroundings } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { readConnection } from './server-file.ts';

/**
 * A client of the server that is meant: the one of `TANDEM_URL` and `TANDEM_TOKEN`, else the one of the data folder.
 * Throws `server.unreachable` when none is known, and a `UsageError` for an address that is none.
 */
export function connect({ env }: Surroundings, data: string): TandemClient {
  const url = env['TANDEM_URL'];
  if (url) return new TandemClient({ url: addressOf(url), token: env['TANDEM_TOKEN'] ?? '' });
  const connection = readConnection(data);
  if (!connection) throw unreachable(`No server runs on ${data}`);
  return new TandemClient(connection);
}

function addressOf(typed: string): string {
  if (/^https?:$/.test(URL.parse(typed)?.protocol ?? '')) return typed.replace(/\/+$/, '');
  throw new UsageError(`TANDEM_URL takes an address like http://127.0.0.1:4400, not \`${typed}\``);
}
