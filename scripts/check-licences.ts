import { readFileSync } from 'node:fs';
import { licenceFaults } from './licences.ts';
import type { LockFile } from './lock-file.ts';

/** Says which packages have a licence that Tandem cannot be made of; exit status 1 if there are any. */
const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8')) as LockFile;
const faults = licenceFaults(lock);
for (const fault of faults) console.error(fault);
if (faults.length === 0)
  console.log(`${Object.keys(lock.packages).length - 1} packages, all with licences that are allowed.`);
else process.exitCode = 1;
