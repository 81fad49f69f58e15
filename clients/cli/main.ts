import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Call, Command, Surroundings } from './command.ts';
import { connect } from './discovery/connection.ts';
import { findDataFolder } from './discovery/data-folder.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { commonOptions, helpOf, overview } from './help.ts';
import { onInterruption } from './interruption.ts';
import { problemLines, problemOf } from './problem.ts';
import { type Entry, findEntry, nearestName } from './registry.ts';
import { Output } from './terminal/output.ts';
import { UsageError } from './usage-error.ts';

/** The command line: `tandem COMMAND …`. Answers go to standard output, problems to standard error. */

const output = new Output(process.stdout);
const problems = new Output(process.stderr);

const surroundings: Surroundings = {
  cwd: (process.env['npm_lifecycle_event'] === 'start' && process.env['INIT_CWD']) || process.cwd(),
  project: process.cwd(),
  env: process.env,
  interactive: process.stdin.isTTY === true && process.stdout.isTTY === true,
};

async function main(words: readonly string[]): Promise<ExitCode> {
  const [name = 'help', ...rest] = words;
  if (name === '--version' || name === '-v') return showVersion(rest);
  if (name === 'help' || name === '--help' || name === '-h') return showHelp(rest);
  const entry = entryOf(name);
  const { command } = await entry.load();
  if (rest.includes('--help') || rest.includes('-h')) return showHelp([name]);
  return command.run(callOf(command, rest));
}

function entryOf(name: string): Entry {
  const entry = findEntry(name);
  if (entry) return entry;
  const near = nearestName(name);
  throw new UsageError(`There is no command \`${name}\`${near ? `; did you mean \`${near}\`?` : ''}`);
}

function callOf(command: Command, words: readonly string[]): Call {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: { ...command.options, ...commonOptions },
    allowPositionals: true,
  });
  const data = findDataFolder(surroundings, values.data);
  return {
    values: values as Call['values'],
    arguments: positionals,
    json: values.json === true,
    output,
    surroundings,
    data,
    connect: () => connect(surroundings, data),
    interrupted: onInterruption,
  };
}

async function showHelp([name]: readonly string[]): Promise<ExitCode> {
  if (name === undefined || name.startsWith('-')) {
    output.lines(overview(output.paint));
    return exitCodes.ok;
  }
  const entry = entryOf(name);
  const { command } = await entry.load();
  output.lines(helpOf(entry, command, output.paint));
  return exitCodes.ok;
}

function showVersion(words: readonly string[]): ExitCode {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  if (words.includes('--json')) output.document({ version, node: process.versions.node });
  else output.line(version);
  return exitCodes.ok;
}

function report(error: unknown, json: boolean): ExitCode {
  const problem = problemOf(error);
  if (!problem) {
    console.error(error);
    return exitCodes.failed;
  }
  const { exit, ...rest } = problem;
  if (json) output.document({ error: rest });
  else problems.lines(problemLines(problem, problems.paint));
  return exit;
}

// Whoever reads us has stopped reading, `| head` for one: nothing is left to be done.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.ok);
  throw error;
});

const words = process.argv.slice(2);
process.exitCode = await main(words).catch((error: unknown) => report(error, words.includes('--json')));
