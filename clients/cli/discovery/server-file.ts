import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '../../sdk/transport.ts';
import { trustOnly } from './trust.ts';

/** What a server leaves in its data folder, so that the command line finds it. */
export interface ServerFile {
  readonly url: string;
  readonly pid: number;
  /** ISO time. */
  readonly startedAt: string;
  /** Of Tandem. */
  readonly version: string;
  /** The certificate (PEM) that it has made itself and shows, with TLS. */
  readonly certificate?: string;
}

/** Of the last server of a data folder; it may no longer run. */
export function readServerFile(data: string): ServerFile | undefined {
  try {
    return JSON.parse(readFileSync(join(data, 'server.json'), 'utf8')) as ServerFile;
  } catch {
    return undefined;
  }
}

/** Path of the bearer token that belongs to a data folder. */
export const tokenPath = (data: string): string => join(data, 'cli-token');

/** Where the server of a data folder is, if one has been started and its token may be read. */
export function readConnection(data: string): Connection | undefined {
  const server = readServerFile(data);
  if (!server) return undefined;
  if (server.certificate) trustOnly(server.certificate);
  try {
    return { url: server.url, token: readFileSync(tokenPath(data), 'utf8').trim() };
  } catch {
    return undefined;
  }
}

/** Where the server of a data folder is; what it shows is trusted from now on. `typed`: an address that wins. */
export function addressOf(data: string, typed?: string): string | undefined {
  const file = readServerFile(data);
  const address = typed ?? file?.url;
  const isIt =
    address !== undefined && file !== undefined && URL.parse(address)?.origin === URL.parse(file.url)?.origin;
  if (isIt && file.certificate) trustOnly(file.certificate);
  return address?.replace(/\/+$/, '');
}
