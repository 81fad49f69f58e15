import { createInterface } from 'node:readline/promises';
import { exitWith, say, typedWords, UsageError } from './command-line.ts';
import { openDataFolder } from './data-folder/data-folder.ts';
import { folderError } from './data-folder/folder-error.ts';
import { lockDataFolder } from './data-folder/lock.ts';
import { deleteData } from './reset/delete-data.ts';
import { type Inventory, inventoryOf } from './reset/inventory.ts';
import { serverSettings } from './settings/server-settings.ts';

/** `tandem reset`: deletes what a data folder holds, after asking, while no server uses it. */

const usage = 'Usage: tandem reset [--data DIR] [--yes] [--json]';

try {
  const { values } = typedWords({ options: ['data'], flags: ['yes'] });
  const flags = values.data === undefined ? {} : { data: values.data };
  const folder = await openDataFolder(serverSettings(flags, process.env).TANDEM_DATA, 'existing');
  // Before the lock: that makes a file, in whatever folder it is.
  inventoryOf(folder);
  const lock = lockDataFolder(folder);
  const inventory = inventoryOf(folder);
  if (values.yes !== true && !(await agreed(folder.root, inventory))) {
    console.error('Nothing was deleted.');
    process.exit(1);
  }
  await deleteData(folder, inventory.ours.slice(0, -1));
  lock.release();
  await deleteData(folder, inventory.ours.slice(-1));
  const { runs, agents, bytes, foreign } = inventory;
  const left =
    foreign.length === 0 ? '' : `\nLeft as it is, since it is not Tandem's: ${foreign.join(', ')}.`;
  say(`Deleted ${amounts(inventory)} from ${folder.root}.${left}`, {
    reset: { data: folder.root, runs, agents, bytes, kept: foreign },
  });
} catch (error) {
  exitWith(folderError(error), usage);
}

async function agreed(root: string, inventory: Inventory): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new UsageError('Nobody can be asked here: --yes deletes without asking');
  }
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await asking.question(
      `${root}\nholds ${amounts(inventory)}, with all logs, keys and accounts. This cannot be undone.\nDelete it? Type yes: `,
    );
    return answer.trim().toLowerCase() === 'yes';
  } finally {
    asking.close();
  }
}

function amounts({ runs, agents, bytes }: Inventory): string {
  const size = `${(bytes / 1e6).toFixed(1)} MB`;
  if (runs === undefined || agents === undefined) return `${size} that cannot be read`;
  return `${counted(runs, 'run')} of ${counted(agents, 'agent')}, ${size}`;
}

function counted(amount: number, what: string): string {
  return `${amount} ${what}${amount === 1 ? '' : 's'}`;
}
