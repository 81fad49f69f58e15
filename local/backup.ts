import type { Damage } from './backup/check-logs.ts';
import { makeBackup } from './backup/make-backup.ts';
import { exitWith, say, typedWords } from './command-line.ts';
import { openDataFolder } from './data-folder/data-folder.ts';
import { folderError } from './data-folder/folder-error.ts';
import { terminalProgress } from './progress.ts';
import { serverSettings } from './settings/server-settings.ts';
import { tandemVersion } from './version.ts';

/** `tandem backup`: copies a data folder, whether a server uses it or not. */

const usage = 'Usage: tandem backup DIR [--data DIR] [--without-keys] [--json]';

/** Lines about damage that are shown. */
const shownDamage = 10;

// Copies of secrets and of what agents have written are for nobody else.
process.umask(0o077);

const progress = terminalProgress();
try {
  const grammar = { options: ['data'], flags: ['without-keys'], words: ['DIR'] } as const;
  const { values, words } = typedWords(grammar);
  const [target = ''] = words;
  const { TANDEM_DATA } = serverSettings(values.data === undefined ? {} : { data: values.data }, process.env);
  const began = performance.now();
  const { manifest, damage } = await makeBackup({
    folder: await openDataFolder(TANDEM_DATA, 'existing'),
    target,
    keys: values['without-keys'] !== true,
    version: tandemVersion(),
    now: Date.now,
    progress,
  });
  progress.end();
  const { runs, events, files, bytes } = manifest;
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  const lines = [
    `Backed up ${runs} runs with ${events} events to ${target}, each verified:`,
    `${files} files, ${(bytes / 1e6).toFixed(1)} MB, in ${seconds} s.`,
    ...(manifest.keys
      ? []
      : [
          'Keys and accounts are not in it: a restored server makes new ones, and every webhook has another secret.',
        ]),
  ];
  say(lines.join('\n'), { backup: { path: target, ...manifest, damage } });
  tell(damage);
  process.exitCode = damage.length === 0 ? 0 : 1;
} catch (error) {
  progress.end();
  exitWith(folderError(error), usage);
}

function tell(damage: readonly Damage[]): void {
  if (damage.length === 0) return;
  console.error('tandem: The data were damaged already before they were copied:');
  for (const { tenant, run, message } of damage.slice(0, shownDamage)) {
    console.error(`  ${tenant}/${run}  ${message}`);
  }
  if (damage.length > shownDamage) console.error(`  and ${damage.length - shownDamage} more`);
}
