import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '../../sdk/transport.ts';

/** What a server leaves in its data folder, so that the command line finds it. */
export interface ServerFile {
  readonly url: string;
  readonly pid: number;
  /** ISO time. */
  readonly startedAt: string;
  /** Of Tandem. */
  readonly version: string;
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
  try {
    return { url: server.url, token: readFileSync(tokenPath(data), 'utf8').trim() };
  } catch {
    return undefined;
  }
}
