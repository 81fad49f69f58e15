import { rebuild } from '../shared/application/upkeep/rebuild.ts';
import { createLogger, logLevel } from '../shared/logging/logger.ts';
import { exitWith, typed } from './command-line.ts';
import { openDataFolder } from './data-folder/data-folder.ts';
import { openKeys } from './data-folder/keys.ts';
import { lockDataFolder } from './data-folder/lock.ts';
import { wire } from './wiring.ts';

/** `tandem rebuild`: fills every projection of a data folder again from its logs, while no server uses it. */

const usage = 'Usage: tandem rebuild [--data DIR]';

try {
  const { data = process.env['TANDEM_DATA'] ?? '.tandem' } = typed(['data']);
  const folder = await openDataFolder(data);
  const lock = lockDataFolder(folder);
  const log = createLogger({
    level: logLevel(process.env),
    write: (line) => process.stderr.write(line),
    now: Date.now,
  });
  const wired = wire({ folder, keys: await openKeys(folder), log, baseUrl: () => '' });
  const began = performance.now();
  const runs = await rebuild(wired.app);
  await wired.close();
  lock.release();
  console.log(
    `Rebuilt the projections of ${runs} runs in ${((performance.now() - began) / 1000).toFixed(1)} s.`,
  );
} catch (error) {
  exitWith(error, usage);
}
