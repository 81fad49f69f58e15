import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Finding } from './check.ts';

const root = new URL('../../../', import.meta.url);

const neededMajor = 24;

export function checkNode(): Finding {
  const { node } = process.versions;
  const ok = Number(node.split('.')[0]) >= neededMajor;
  const check = { ok, found: `${node}, ${process.platform} ${process.arch}` };
  return ok ? check : { ...check, remedy: `Run \`npm ci\`: it brings Node ${neededMajor} along.` };
}

/** Whether what is installed is what the lock file says. */
export function checkPackages(): Finding {
  const remedy = `Run \`npm ci\` in ${fileURLToPath(root)}.`;
  const wanted = versionsIn('package-lock.json');
  const installed = versionsIn('node_modules/.package-lock.json');
  if (!wanted || !installed) return { ok: false, found: 'not installed', remedy };
  const other = Object.keys(installed).filter((path) => installed[path] !== wanted[path]);
  if (other.length > 0) return { ok: false, found: `${other.length} differ from package-lock.json`, remedy };
  return { ok: true, found: `${Object.keys(installed).length} installed, as in package-lock.json` };
}

/** Versions by path. */
function versionsIn(path: string): Record<string, string> | undefined {
  const file = new URL(path, root);
  if (!existsSync(file)) return undefined;
  const { packages } = JSON.parse(readFileSync(file, 'utf8')) as {
    packages: Record<string, { version: string }>;
  };
  const entries = Object.entries(packages).filter(([place]) => place !== '');
  return Object.fromEntries(entries.map(([place, { version }]) => [place, version]));
}
