import { statSync } from 'node:fs';
import module from 'node:module';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

/** @type {Readonly<Record<string, string>>} Every word that is not here is a command of the CLI. */
const programs = {
  // The server alone, without the CLI: a start that loads half the files.
  up: 'local/main.ts',
  rebuild: 'local/rebuild.ts',
  backup: 'local/backup.ts',
  restore: 'local/restore.ts',
  reset: 'local/reset.ts',
  accounts: 'local/accounts.ts',
  clients: 'local/clients.ts',
  stepfunctions: 'local/stepfunctions/server/main.ts',
  bench: 'bench/main.ts',
  chaos: 'test/chaos/main.ts',
  'conformance:asl': 'test/conformance/asl/main.ts',
};

/** @type {Readonly<Record<string, string>>} Here these mean the checkout itself, elsewhere they are commands of the CLI. */
const ofTheCheckout = {
  ...programs,
  test: 'scripts/test.ts',
  'test:api': 'test/api/main.ts',
  'test:contract': 'test/contract/main.ts',
  'test:infra': 'test/infra/main.ts',
  'test:aws': 'test/scenarios/aws/main.ts',
  'test:twin': 'test/scenarios/compose/main.ts',
};

/**
 * The program behind a command, relative to the checkout, and the arguments it is given.
 *
 * @param {readonly string[]} args what was typed after `tandem`
 * @param {boolean} inCheckout whether they were typed in the folder of the checkout
 */
export function programOf(args, inCheckout) {
  const [command = '', ...rest] = args;
  if (command === 'verify' && namesFile(rest)) return { program: 'local/verify-file.ts', rest };
  const known = inCheckout ? ofTheCheckout : programs;
  const program = Object.hasOwn(known, command) ? known[command] : undefined;
  const wantsHelp = rest.includes('--help') || rest.includes('-h');
  return program && !wantsHelp ? { program, rest } : { program: 'clients/cli/main.ts', rest: args };
}

/**
 * Whether a file is to be verified: that needs no server. Run ids have neither slashes nor dots.
 *
 * @param {readonly string[]} words
 */
function namesFile([first = '', ...others]) {
  if (/^[^-].*(?:[/\\]|\.tar$)/.test(first)) return true;
  return [first, ...others].some((word) => statSync(word, { throwIfNoEntry: false })?.isFile() === true);
}

/**
 * Runs a command in this process, with the compile cache on: loading 400 files takes 0.13 s instead of 0.45.
 *
 * @param {string} root the checkout
 * @param {readonly string[]} args what was typed after `tandem`
 */
export async function runHere(root, args) {
  module.enableCompileCache(join(root, 'node_modules', '.cache', 'tandem'));
  const { program, rest } = programOf(args, relative(root, process.cwd()) === '');
  const path = join(root, program);
  process.argv = [process.execPath, path, ...rest];
  await import(pathToFileURL(path).href);
}
