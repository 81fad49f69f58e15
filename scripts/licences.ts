import type { LockFile } from './lock-file.ts';

/** Licences (SPDX) that what Tandem is made of may have: none asks for more than to be named. */
const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'PSF-2.0',
  'Python-2.0',
  'Unlicense',
]);

/** What is wrong with the licences of a lock file, one sentence for each package. */
export function licenceFaults(lock: LockFile): string[] {
  return Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .flatMap(([path, entry]) => {
      const name = path.split('node_modules/').at(-1) ?? path;
      const licence = entry.license ?? licenceOfParent(lock, name);
      if (licence === undefined) return `${name} names no licence`;
      return isAllowed(licence) ? [] : `${name} has the licence ${licence}`;
    });
}

/** Packages for other platforms are never fetched here, and are of those who name them. */
function licenceOfParent({ packages }: LockFile, name: string): string | undefined {
  return Object.values(packages).find(({ optionalDependencies = {} }) => name in optionalDependencies)
    ?.license;
}

/** `(MIT OR GPL-3.0)` is a choice, `(MIT AND ISC)` is not. */
function isAllowed(expression: string): boolean {
  const bare = expression.replaceAll(/[()]/g, ' ').trim();
  if (/ OR /i.test(bare)) return bare.split(/ OR /i).some(isAllowed);
  return bare.split(/ AND /i).every((one) => allowed.has(one.trim()));
}
