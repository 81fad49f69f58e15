import { rebuild } from '../shared/application/upkeep/rebuild.ts';
import { exitWith, say, typed } from './command-line.ts';
import { openDataFolder } from './data-folder/data-folder.ts';
import { openKeys } from './data-folder/keys.ts';
import { lockDataFolder } from './data-folder/lock.ts';
import { keepBeforeUpgrade } from './data-folder/upgrade.ts';
import { openLog, serverSettings } from './settings/server-settings.ts';
import { wire } from './wiring.ts';

/** `tandem rebuild`: fills every projection of a data folder again from its logs, while no server uses it. */

const usage = 'Usage: tandem rebuild [--data DIR] [--json]';

try {
  const settings = serverSettings(typed(['data']), process.env);
  const folder = await openDataFolder(settings.TANDEM_DATA, 'existing');
  const lock = lockDataFolder(folder);
  const { log, flush } = openLog(settings.TANDEM_LOG_LEVEL, process.env);
  const upgrade = await keepBeforeUpgrade(folder);
  const wired = wire({ folder, keys: await openKeys(folder), log, settings, baseUrl: () => '' });
  await upgrade?.finish();
  const began = performance.now();
  const runs = await rebuild(wired.app);
  await wired.close();
  lock.release();
  flush();
  const ms = Math.round(performance.now() - began);
  say(`Rebuilt the projections of ${runs} runs in ${(ms / 1_000).toFixed(1)} s.`, { rebuilt: { runs, ms } });
} catch (error) {
  exitWith(error, usage);
}
