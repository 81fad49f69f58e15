import { realpathSync } from 'node:fs';
import { basename, isAbsolute, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { agentName } from '../../../shared/protocol/primitives.ts';
import { type Call, defineCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { linkTandem } from '../init/link-tandem.ts';
import { type Made, makeFiles } from '../init/make-files.ts';
import { templateFiles } from '../init/template.ts';
import { nameFrom } from '../programs/target.ts';
import { shellWord } from '../shell-word.ts';
import { duration } from '../terminal/units.ts';
import { UsageError } from '../usage-error.ts';
import { refuseMore } from './arguments.ts';

const checkout = fileURLToPath(new URL('../../../', import.meta.url));

export const command = defineCommand({
  usage: '[DIR] [--name NAME]',
  options: { name: { type: 'string', value: 'NAME', help: 'of the agent (default: that of the folder)' } },
  details:
    'Makes a folder with an agent, its test and its input, ready to run. The folder is linked to this checkout of\n' +
    'Tandem, without the network. Files that are there already are never overwritten. Without DIR: the current folder.',
  async run(call) {
    refuseMore(call, 1);
    const { output, json, surroundings } = call;
    const folder = resolve(surroundings.cwd, call.arguments[0] ?? '.');
    const name = nameOf(call.values.name, folder);
    const made = makeFiles(folder, templateFiles({ name, tandem: checkoutFrom(folder) }));
    const began = performance.now();
    output.live.show(() => `links Tandem · ${duration(performance.now() - began)}`);
    await linkTandem(folder).finally(() => output.live.hide());
    if (json) output.document({ folder, name, ...made });
    else sayMade(call, { folder, name, made });
    return exitCodes.ok;
  },
});

function nameOf(typed: string | undefined, folder: string): string {
  const name = typed ?? nameFrom(basename(folder));
  const fits = agentName().safeParse(name);
  if (fits.success) return name;
  throw new UsageError(`--name takes ${fits.error.issues[0]?.message}, not \`${name}\``);
}

/** Relative where the two stay together when they are moved: inside the checkout. Forward slashes everywhere. */
function checkoutFrom(folder: string): string {
  const root = realpathSync(checkout);
  const inside = relative(root, folder);
  const together = !inside.startsWith('..') && !isAbsolute(inside);
  return (together ? relative(folder, root) : root).replaceAll('\\', '/');
}

function sayMade(
  { output, surroundings }: Call,
  { folder, name, made }: { folder: string; name: string; made: Made },
): void {
  const place = relative(surroundings.cwd, folder);
  output.line(`Made ${output.paint('name', place === '' ? 'here' : place)}, with the agent ${name}:`);
  output.line();
  for (const path of inOrder(made.made))
    output.line(`  ${path.padEnd(15)} ${output.paint('quiet', about[path] ?? '')}`.trimEnd());
  for (const path of made.kept)
    output.line(`  ${path.padEnd(15)} ${output.paint('quiet', 'was there, and is kept')}`);
  output.lines(['', 'Next:', '']);
  if (place !== '') output.line(`  cd ${shellWord(place)}`);
  output.line(`  npm test          ${output.paint('quiet', '# in virtual time, without a server')}`);
  output.line(`  npx tandem dev    ${output.paint('quiet', '# publishes and runs it, again on every save')}`);
}

/** In the order in which somebody reads them. */
const about: Readonly<Record<string, string>> = {
  'agent.ts': 'the agent',
  'agent.test.ts': 'its test',
  'input.json': 'what a run is given',
  'README.md': 'how to work with it',
  'package.json': 'where Tandem is',
  'tsconfig.json': 'for editors',
  '.gitignore': 'what stays on this machine',
};

const inOrder = (paths: readonly string[]) => Object.keys(about).filter((path) => paths.includes(path));
