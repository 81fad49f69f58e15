import { readFileSync } from 'node:fs';

/** Of this program. */
export function tandemVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return String(version);
}
