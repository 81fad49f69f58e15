import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { errorCatalogue } from '../../../shared/errors/catalogue.ts';
import type { Finding } from './check.ts';

/** The databases of a data folder whose loss would be one. */
const names = ['log.db', 'engine.db'] as const;

/** Whether SQLite finds the log and the journal whole. What stands in them is checked by `tandem verify`. */
export function checkDatabases(data: string): Finding {
  const paths = names.map((name) => join(data, name)).filter((path) => existsSync(path));
  if (paths.length === 0) return { ok: true, found: 'made by the first start' };
  for (const path of paths) {
    const damage = damageOf(path);
    if (damage === undefined) continue;
    return {
      ok: false,
      found: `${path} is damaged: ${damage}`,
      remedy: errorCatalogue['data.damaged'].remedy,
    };
  }
  return { ok: true, found: `${names.join(' and ')} are whole` };
}

function damageOf(path: string): string | undefined {
  try {
    const database = new DatabaseSync(addressOf(path), { readOnly: true });
    try {
      const [verdict] = Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {});
      return verdict === 'ok' ? undefined : String(verdict).replaceAll('\n', ' ');
    } finally {
      database.close();
    }
  } catch (error) {
    return (error as Error).message;
  }
}

/** Without a server there is nobody to wait for, and looking leaves no files behind. */
function addressOf(path: string): URL {
  const address = pathToFileURL(path);
  if (!existsSync(`${path}-wal`)) address.searchParams.set('immutable', '1');
  return address;
}
