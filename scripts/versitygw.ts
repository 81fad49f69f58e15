import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The release of versitygw (a store that speaks S3) that tests run against; Go and Docker Hub have it under one number. */
export const versitygwVersion = '1.8.0';

export const versitygwImage = `versity/versitygw:v${versitygwVersion}`;

/** The program; not in Git. */
export const versitygwFile = fileURLToPath(
  new URL(`../build/versitygw-${versitygwVersion}`, import.meta.url),
);

/** Whether there is a Go to build it with. */
export function hasGo(): boolean {
  return spawnSync('go', ['version']).status === 0;
}

/** Builds it from its Go module, unless it is there already. Throws with the last words of Go when that fails. */
export function getVersitygw(): void {
  if (existsSync(versitygwFile)) return;
  const folder = dirname(versitygwFile);
  mkdirSync(folder, { recursive: true });
  const { status, stderr } = spawnSync(
    'go',
    ['install', '-ldflags=-s -w', `github.com/versity/versitygw/cmd/versitygw@v${versitygwVersion}`],
    { encoding: 'utf8', env: { ...process.env, CGO_ENABLED: '0', GOBIN: folder } },
  );
  if (status !== 0) throw new Error(`Go could not build versitygw: ${stderr.trim().slice(-500)}`);
  renameSync(join(folder, 'versitygw'), versitygwFile);
}
