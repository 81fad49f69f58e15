/**
 * Completes package-lock.json. npm leaves out the platform packages that the registry in use does not offer, and then
 * `npm ci` refuses the lock file everywhere. This adds them by version, so that the same lock file installs on Linux,
 * macOS and Windows; npm checks the integrity of those few when it first fetches them.
 *
 * Run after `npm install` when `test/architecture/lock-file.test.ts` says so: `node scripts/complete-lock.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { completeLock, type LockFile } from './lock-file.ts';

const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8')) as LockFile;
const added = completeLock(lock);
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added.length} platform packages added to package-lock.json.`);
