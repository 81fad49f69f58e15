import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where Debian and its like keep the programs of each version, outside the path. */
const versions = '/usr/lib/postgresql';

/** Least version of PostgreSQL that Tandem works with. */
export const leastVersion = 14;

/** What to say where there is none. */
export const missingPostgres =
  'PostgreSQL is not installed: node scripts/get-postgres.ts installs it on Debian and its like';

/** The folder with `initdb` and `postgres`: that of the newest version, or one in the path. */
export function findPostgres(): string | undefined {
  const numbers = existsSync(versions) ? readdirSync(versions).map(Number).filter(Number.isInteger) : [];
  const newest = numbers.filter((number) => number >= leastVersion).sort((a, b) => b - a);
  const folders = [
    ...newest.map((number) => join(versions, String(number), 'bin')),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ];
  return folders.find((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name))));
}
