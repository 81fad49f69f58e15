import { restoreBackup } from './backup/restore-backup.ts';
import { exitWith, say, typedWords } from './command-line.ts';
import { folderError } from './data-folder/folder-error.ts';
import { terminalProgress } from './progress.ts';
import { serverSettings } from './settings/server-settings.ts';

/** `tandem restore`: makes a data folder of a backup. */

const usage = 'Usage: tandem restore BACKUP [--data DIR] [--json]';

process.umask(0o077);

const progress = terminalProgress();
try {
  const { values, words } = typedWords({ options: ['data'], words: ['BACKUP'] });
  const [backup = ''] = words;
  const { TANDEM_DATA: data } = serverSettings(
    values.data === undefined ? {} : { data: values.data },
    process.env,
  );
  const manifest = await restoreBackup({ backup, target: data, progress });
  progress.end();
  const lines = [
    `Restored ${manifest.runs} runs as of ${manifest.at} to ${data}.`,
    'Start a server on it: runs that had not ended go on.',
    'If the server they come from still runs, stop it first: both would carry them on.',
  ];
  say(lines.join('\n'), { restored: { data, ...manifest } });
} catch (error) {
  progress.end();
  exitWith(folderError(error), usage);
}
