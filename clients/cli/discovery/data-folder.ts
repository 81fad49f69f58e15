import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Surroundings } from '../command.ts';

const folderName = '.tandem';

/** The data folder that is meant: `--data`, `TANDEM_DATA`, the nearest `.tandem` from here upwards, or one to be made here. */
export function findDataFolder({ cwd, project, settings }: Surroundings, given: string | undefined): string {
  const named = given ?? settings.TANDEM_DATA;
  if (named) return resolve(cwd, named);
  for (let folder = resolve(project); ; folder = dirname(folder)) {
    const candidate = join(folder, folderName);
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) return resolve(project, folderName);
  }
}
