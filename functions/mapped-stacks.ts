import type { SourceMap } from 'node:module';

/**
 * Stacks of errors tell positions of the sources, by the maps that lie beside a bundle. A map is read when the stack of an
 * error is, which is when it is logged: `--enable-source-maps` would read those of all files at each cold start.
 */
Error.prepareStackTrace = (error, sites) =>
  [headOf(error), ...sites.map((site) => `    at ${placeOf(site)}`)].join('\n');

function headOf(error: unknown): string {
  try {
    return String(error);
  } catch {
    return 'Error';
  }
}

function placeOf(site: NodeJS.CallSite): string {
  const text = site.toString();
  const [file, line, column] = [site.getFileName(), site.getLineNumber(), site.getColumnNumber()];
  if (!file?.startsWith('file:') || line === null || column === null) return text;
  const found = mapOf(file)?.findEntry(line - 1, column - 1);
  if (found === undefined || !('originalSource' in found)) return text;
  const { originalSource, originalLine, originalColumn } = found;
  const source = originalSource.replace(/^(\.\.\/)+/, '');
  return text.replace(`${file}:${line}:${column}`, `${source}:${originalLine + 1}:${originalColumn + 1}`);
}

const maps = new Map<string, SourceMap | undefined>();

function mapOf(file: string): SourceMap | undefined {
  if (!maps.has(file)) maps.set(file, readMap(file));
  return maps.get(file);
}

function readMap(file: string): SourceMap | undefined {
  const { readFileSync } = process.getBuiltinModule('node:fs');
  const { SourceMap } = process.getBuiltinModule('node:module');
  try {
    return new SourceMap(JSON.parse(readFileSync(new URL(`${file}.map`), 'utf8')));
  } catch {
    return undefined;
  }
}
