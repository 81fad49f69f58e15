import { unreachable } from '../../sdk/api-error.ts';
import type { Surroundings } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { addressOf } from './server-file.ts';

/** The server that is meant: `--server`, `TANDEM_URL`, else the one of the data folder. Without a slash at its end. */
export function serverAddress({ settings }: Surroundings, data: string, typed?: string): string {
  const address = addressOf(data, typed ?? settings.TANDEM_URL);
  if (address === undefined) throw unreachable(`No server runs on ${data}`);
  const parsed = URL.parse(address);
  if (parsed !== null && /^https?:$/.test(parsed.protocol)) return address;
  throw new UsageError(`--server takes an address like https://tandem.example.com, not \`${address}\``);
}
