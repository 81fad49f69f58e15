import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { TandemError } from '../../shared/errors/tandem-error.ts';

/** Where everything of an embedded twin lies. */
export interface DataFolder {
  readonly root: string;
  /** Run logs and projections. */
  readonly log: string;
  /** The Step Functions journal: apart from the log, as on AWS (rule 4). */
  readonly engine: string;
  readonly blobs: string;
  /** Keys of tickets, addresses and heads. */
  readonly keys: string;
  readonly identity: string;
  /** The certificate that the server has made itself. */
  readonly tls: string;
  /** What runs outside this process, so that the next one can stop it. */
  readonly workers: string;
  /** Empty folders that programs start in. */
  readonly programs: string;
  /** Where the server listens; for the command line. */
  readonly server: string;
  /** The command line's bearer token. */
  readonly token: string;
  /** Held while a server uses the folder. */
  readonly lock: string;
}

/**
 * The layout below a root. The root is made if it is missing, unless an `existing` one is wanted. Throws
 * `data.permission` and `data.absent`.
 */
export async function openDataFolder(path: string, which?: 'existing'): Promise<DataFolder> {
  const root = resolve(path);
  try {
    if (which !== 'existing') await mkdir(root, { recursive: true, mode: 0o700 });
    await access(root, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new TandemError('data.absent', { message: `There is no data folder ${root}`, cause });
    }
    throw new TandemError('data.permission', { message: `The data folder ${root} cannot be written`, cause });
  }
  const below = (name: string) => join(root, name);
  return {
    root,
    log: below('log.db'),
    engine: below('engine.db'),
    blobs: below('blobs'),
    keys: below('keys'),
    identity: below('identity'),
    tls: below('tls'),
    workers: below('workers'),
    programs: below('programs'),
    server: below('server.json'),
    token: below('cli-token'),
    lock: below('lock.db'),
  };
}
