/**
 * `node scripts/get-postgres.ts`: installs PostgreSQL for the contract tests from the packages of Debian and its like.
 * The tests start a server of their own; the one that comes with the package is not needed.
 */
import { spawnSync } from 'node:child_process';
import { findPostgres, leastVersion } from '../test/support/postgres/find.ts';

const install = ['apt-get', 'install', '-y', '--no-install-recommends', 'postgresql'] as const;

const there = findPostgres();
if (there) console.log(there);
else process.exitCode = get();

function get(): number {
  const [program, ...args] = install;
  if (process.getuid?.() !== 0) {
    console.error(`Run as root: ${install.join(' ')}`);
    return 1;
  }
  const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  // A list of packages that is out of date names some that are gone.
  const { error, status } = spawnSync(program, ['update', '-q'], options);
  if (error) {
    console.error(`Install PostgreSQL ${leastVersion} or later: this system has no ${program}.`);
    return 1;
  }
  if (status !== 0 || spawnSync(program, args, options).status !== 0) return 1;
  console.log(findPostgres());
  return 0;
}
