import { lstatSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { DataFolder } from '../data-folder/data-folder.ts';

/** What a reset would delete, and what it would leave. */
export interface Inventory {
  /** Names in the data folder, in the order in which they can go: what is cut off half-way can be done again. */
  readonly ours: readonly string[];
  /** Names that are none of Tandem's: somebody keeps something there. */
  readonly foreign: readonly string[];
  /** Absent where the log cannot be read. */
  readonly runs?: number;
  readonly agents?: number;
  readonly bytes: number;
}

/** What else a server, a backup, an upgrade or the command line leaves beside the paths of `DataFolder`. */
const others = ['server.log', 'artifacts', 'blobs.lock', 'upgrading', 'before-upgrade'];

/** What SQLite keeps beside a database. */
const companions = /-(wal|shm|journal)$/;

/** Looks at a data folder. Throws `data.permission` for a folder that is none, and for a link to one. */
export function inventoryOf(folder: DataFolder): Inventory {
  const { root, ...paths } = folder;
  if (lstatSync(root).isSymbolicLink()) throw refused(`${root} is a link: name the folder itself`);
  for (const file of [folder.log, folder.lock]) {
    if (!lstatSync(file, { throwIfNoEntry: false })?.isFile())
      throw refused(`${root} is no data folder of Tandem: it has no ${basename(file)}`);
  }
  const names = [...Object.values(paths).map((path) => basename(path)), ...others];
  const isOurs = (name: string) => names.includes(name.replace(companions, ''));
  const present = readdirSync(root);
  return {
    ours: present.filter(isOurs).sort((one, other) => rank(one, folder) - rank(other, folder)),
    foreign: present.filter((name) => !isOurs(name)).sort(),
    bytes: present.filter(isOurs).reduce((sum, name) => sum + bytesOf(join(root, name)), 0),
    ...contentsOf(folder.log),
  };
}

const refused = (message: string) => new TandemError('data.permission', { message });

/** What a data folder is known by goes last, and a journal without its log would be damage. */
function rank(name: string, { engine, log, lock }: DataFolder): number {
  const order = [basename(engine), '', basename(log), basename(lock)];
  const place = order.indexOf(name.replace(companions, ''));
  return place === -1 ? 1 : place;
}

/** Links are counted as links. */
function bytesOf(path: string): number {
  const found = lstatSync(path);
  if (!found.isDirectory()) return found.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}

function contentsOf(log: string): { runs?: number; agents?: number } {
  try {
    using database = new DatabaseSync(log, { readOnly: true });
    const count = (sql: string) => Number(Object.values(database.prepare(sql).get() ?? {})[0]);
    return {
      runs: count('SELECT count(*) FROM heads'),
      agents: count('SELECT count(*) FROM (SELECT DISTINCT tenant, agent FROM versions)'),
    };
  } catch {
    return {};
  }
}
