import { readFileSync, rmSync } from 'node:fs';
import type { DataFolder } from './data-folder.ts';
import { writePrivateFile } from './private-file.ts';

/** What the command line needs to find the server. */
export interface ServerFile {
  readonly url: string;
  readonly pid: number;
  /** ISO time. */
  readonly startedAt: string;
  /** Of Tandem. */
  readonly version: string;
  /** The certificate (PEM) that it has made itself and shows, with TLS: the only one to be taken for it. */
  readonly certificate?: string;
  /** Where Prometheus reads, if it can. */
  readonly metrics?: string;
}

export async function writeServerFile(folder: DataFolder, file: ServerFile): Promise<void> {
  await writePrivateFile(folder.server, `${JSON.stringify(file)}\n`);
}

/** The file that the last server left; it may no longer run. */
export function readServerFile(folder: DataFolder): ServerFile | undefined {
  try {
    return JSON.parse(readFileSync(folder.server, 'utf8')) as ServerFile;
  } catch {
    return undefined;
  }
}

export function removeServerFile(folder: DataFolder): void {
  rmSync(folder.server, { force: true });
}
