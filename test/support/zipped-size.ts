import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Bytes that the files of a folder have once each is compressed, as in a ZIP archive. */
export interface ZippedSize {
  readonly code: number;
  readonly withMaps: number;
}

export function zippedSize(folder: string): ZippedSize {
  const files = readdirSync(folder).map((name) => ({
    name,
    bytes: gzipSync(readFileSync(join(folder, name))).length,
  }));
  const sum = (some: typeof files) => some.reduce((total, { bytes }) => total + bytes, 0);
  return { code: sum(files.filter(({ name }) => !name.endsWith('.map'))), withMaps: sum(files) };
}
