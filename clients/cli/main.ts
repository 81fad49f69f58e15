import { readFileSync } from 'node:fs';
import type { Settings } from '../../shared/protocol/environment/environment.ts';
import type { Call, Command, Surroundings } from './command.ts';
import { connect } from './discovery/connection.ts';
import { findDataFolder } from './discovery/data-folder.ts';
import { readEnvironment } from './discovery/settings.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { commandDocument, commonOptions, helpOf, overview, overviewDocument } from './help.ts';
import { onInterruption } from './interruption.ts';
import { problemLines, problemOf } from './problem.ts';
import { type Entry, findEntry, nearestName } from './registry.ts';
import { Output } from './terminal/output.ts';
import { typedOptions } from './typed-options.ts';
import { UsageError } from './usage-error.ts';

/** The command line: `tandem COMMAND …`. Answers go to standard output, problems to standard error. */

const words = process.argv.slice(2);

const output = new Output(process.stdout);
const problems = new Output(process.stderr);

/** What the environment says; nothing before it was read. */
let settings: Settings<'command line'> = {};

const warned = new Set<string>();

function warnOnce(warning: string): void {
  if (warned.has(warning)) return;
  warned.add(warning);
  problems.line(`${problems.paint('attention', 'tandem:')} ${warning}`);
}

async function surroundingsHere(): Promise<Surroundings> {
  const { warnings, ...environment } = await readEnvironment(process.env);
  settings = environment.settings;
  for (const warning of warnings) warnOnce(warning);
  return {
    cwd: (process.env['npm_lifecycle_event'] === 'start' && process.env['INIT_CWD']) || process.cwd(),
    project: process.cwd(),
    settings,
    interactive: process.stdin.isTTY === true && process.stdout.isTTY === true,
  };
}

async function main(words: readonly string[]): Promise<ExitCode> {
  const [name = 'help', ...rest] = words;
  if (name === '--version' || name === '-v') return showVersion(rest);
  if (name === 'help' || name === '--help' || name === '-h') return showHelp(rest);
  if (name === '__complete') return completeWords(rest);
  const entry = entryOf(name);
  const { command } = await entry.load();
  if (rest.includes('--help') || rest.includes('-h')) return showHelp([name, ...rest]);
  return command.run(callOf(command, rest, await surroundingsHere()));
}

/** What a shell asks when somebody wants a word to be completed: a line for each candidate, and one for paths. */
async function completeWords(words: readonly string[]): Promise<ExitCode> {
  const surroundings = await surroundingsHere();
  const data = findDataFolder(surroundings, words[words.indexOf('--data') + 1 || words.length]);
  const { complete } = await import('./completion/complete.ts');
  const { lookUpWith } = await import('./completion/look-up.ts');
  const { candidates, paths } = await complete(
    words,
    lookUpWith(() => connect(surroundings, data)),
  );
  output.lines(candidates.map(({ value, about = '' }) => (about === '' ? value : `${value}\t${about}`)));
  if (paths !== undefined) output.line(`:${paths}`);
  return exitCodes.ok;
}

function entryOf(name: string): Entry {
  const entry = findEntry(name);
  if (entry) return entry;
  const near = nearestName(name);
  throw new UsageError(`There is no command \`${name}\`${near ? `; did you mean \`${near}\`?` : ''}`);
}

function callOf(command: Command, words: readonly string[], surroundings: Surroundings): Call {
  const { values, positionals } = typedOptions(words, { ...command.options, ...commonOptions });
  const data = findDataFolder(surroundings, values['data'] as string | undefined);
  return {
    values: values as Call['values'],
    arguments: positionals,
    json: values['json'] === true,
    output,
    surroundings,
    data,
    connect: () => connect(surroundings, data, warnOnce),
    interrupted: onInterruption,
  };
}

async function showHelp([name, ...rest]: readonly string[]): Promise<ExitCode> {
  const json = name === '--json' || rest.includes('--json');
  if (name === undefined || name.startsWith('-')) {
    if (json) output.document(overviewDocument());
    else output.lines(overview(output.paint));
    return exitCodes.ok;
  }
  const entry = entryOf(name);
  const { command } = await entry.load();
  if (json) output.document(commandDocument(entry, command));
  else output.lines(helpOf(entry, command, output));
  return exitCodes.ok;
}

function showVersion(words: readonly string[]): ExitCode {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  if (words.includes('--json')) output.document({ version, node: process.versions.node });
  else output.line(version);
  return exitCodes.ok;
}

function report(error: unknown): ExitCode {
  const { exit, ...problem } = problemOf(error, findEntry(words[0] ?? '')?.name);
  if (settings.TANDEM_LOG_LEVEL === 'debug') console.error(error);
  if (words.includes('--json')) output.document({ error: problem });
  else problems.lines(problemLines({ exit, ...problem }, problems));
  return exit;
}

// Whoever reads us has stopped reading, `| head` for one: nothing is left to be done.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.ok);
  throw error;
});
process.on('uncaughtException', (error) => process.exit(report(error)));

process.exitCode = await main(words).catch(report);
