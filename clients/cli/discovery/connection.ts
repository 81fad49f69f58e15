import { unreachable } from '../../sdk/api-error.ts';
import { TandemClient } from '../../sdk/client.ts';
import type { Surroundings } from '../command.ts';
import { readConnection } from './server-file.ts';

/**
 * A client of the server that is meant: the one of `TANDEM_URL` and `TANDEM_TOKEN`, else the one of the data folder.
 * Throws `server.unreachable` when none is known.
 */
export function connect({ settings }: Surroundings, data: string): TandemClient {
  const { TANDEM_URL: url, TANDEM_TOKEN: token = '' } = settings;
  if (url !== undefined) return new TandemClient({ url: url.replace(/\/+$/, ''), token });
  const connection = readConnection(data);
  if (!connection) throw unreachable(`No server runs on ${data}`);
  return new TandemClient(connection);
}
