import type { AgentVersion, Alias } from '../../../shared/protocol/agents.ts';
import { agentName, versionNumber } from '../../../shared/protocol/primitives.ts';
import { type Call, defineCommand } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { aliasSetting, aliasText, assertAliasName } from '../programs/alias.ts';
import { publishProgram } from '../programs/publish-program.ts';
import { fileTarget } from '../programs/target.ts';
import { cleanLine } from '../terminal/clean.ts';
import { table } from '../terminal/table.ts';
import { size } from '../terminal/units.ts';
import { UsageError } from '../usage-error.ts';
import { localTime } from '../views/run-table.ts';
import { refuseMore } from './arguments.ts';

const options = {
  name: { type: 'string', value: 'NAME', help: 'of the agent (default: from the file or its folder)' },
  number: {
    type: 'string',
    value: 'X.Y.Z',
    help: 'version (default: the next one, if anything has changed)',
  },
  description: { type: 'string', value: 'TEXT', help: 'what it does' },
  'operations-per-step': {
    type: 'string',
    value: 'N',
    help: 'operations that a step may do; 1 makes each a state of its own',
  },
  share: {
    type: 'string',
    value: 'VERSION=PERCENT',
    help: 'of an alias: another version for so many of a hundred runs',
  },
  remove: { type: 'boolean', help: 'the alias' },
} as const;

type AgentsCall = Call<typeof options>;

export const command = defineCommand({
  usage: 'list | show AGENT | publish FILE | alias AGENT ALIAS VERSION',
  options,
  details:
    '`alias AGENT ALIAS VERSION [--share VERSION=PERCENT]` sets an alias, `alias AGENT ALIAS --remove` removes it.\n' +
    'A run that names no version uses that of the alias `live`, or else the one published last,\ntrials (1.0.1-dev.1) aside.\n' +
    'The other options belong to `publish`; `"tandem": {"roleRequired": "operator"}` in the package.json beside FILE says\n' +
    'which role starting it takes.',
  async run(call) {
    const [verb = 'list', subject] = call.arguments;
    refuseMore(call, verb === 'alias' ? 4 : 2);
    if (verb === 'list' && subject === undefined) return list(call);
    if (verb === 'show' && subject !== undefined) return show(call, subject);
    if (verb === 'publish' && subject !== undefined) return publish(call, subject);
    if (verb === 'alias') return alias(call);
    throw new UsageError('`agents` takes list, show AGENT, publish FILE, or alias AGENT ALIAS VERSION');
  },
});

async function list(call: AgentsCall): Promise<ExitCode> {
  const agents = await call.connect().listAgents();
  const { output, json } = call;
  if (json) output.document(agents);
  else if (agents.items.length === 0)
    output.line('No agents: publish one with `npx tandem agents publish FILE`.');
  else output.lines(versionTable(agents.items, output));
  return exitCodes.ok;
}

async function show(call: AgentsCall, name: string): Promise<ExitCode> {
  const agent = await call.connect().getAgent(name);
  const { output, json } = call;
  if (json) output.document(agent);
  else {
    output.lines(versionTable(agent.versions, output));
    if (agent.aliases.length > 0) output.lines(['', ...aliasTable(agent.aliases, output)]);
  }
  return exitCodes.ok;
}

async function publish(call: AgentsCall, typed: string): Promise<ExitCode> {
  const { file, agent } = fileTarget(typed, call.surroundings.cwd);
  const { name, number, description, 'operations-per-step': perStep } = call.values;
  if (name !== undefined) assertFits('--name', agentName().safeParse(name));
  if (number !== undefined) assertFits('--number', versionNumber().safeParse(number));
  const { version, fresh, warnings } = await publishProgram(call.connect(), {
    file,
    agent: name ?? agent,
    ...(number === undefined ? {} : { number }),
    ...(description === undefined ? {} : { description }),
    ...(perStep === undefined ? {} : { operationsPerStep: operationsOf(perStep) }),
  });
  const { output, json } = call;
  if (json) output.document(version);
  else {
    output.lines(warnings.map((text) => output.paint('attention', text)));
    const what = `${version.agent} ${version.number}`;
    output.line(
      fresh ? `Published ${what}, ${size(version.bundleSize)}.` : `${what} is published already, unchanged.`,
    );
  }
  return exitCodes.ok;
}

/** Sets or removes an alias. */
async function alias(call: AgentsCall): Promise<ExitCode> {
  const [, agent, name, version] = call.arguments;
  if (agent === undefined || name === undefined) throw new UsageError('AGENT or ALIAS is missing');
  assertAliasName(name);
  const { share, remove = false } = call.values;
  if (remove !== (version === undefined)) throw new UsageError('`agents alias` takes a VERSION or --remove');
  const { output, json } = call;
  const client = call.connect();
  const set =
    version === undefined
      ? await client.removeAlias(agent, name)
      : await client.setAlias(agent, name, aliasSetting(version, share));
  if (json) output.document(set);
  else if (remove) output.line(`${agent}@${name} is removed; it was ${aliasText(set)}.`);
  else output.line(`${agent}@${name} is ${aliasText(set)}.`);
  return exitCodes.ok;
}

function assertFits(
  option: string,
  result: { success: boolean; error?: { issues: readonly { message: string }[] } },
) {
  if (!result.success) throw new UsageError(`${option} takes ${result.error?.issues[0]?.message}`);
}

function operationsOf(typed: string): number {
  const operations = Number(typed);
  if (Number.isInteger(operations) && operations >= 1 && operations <= 100) return operations;
  throw new UsageError(`--operations-per-step takes a number from 1 to 100, not \`${typed}\``);
}

function aliasTable(aliases: readonly Alias[], output: AgentsCall['output']): string[] {
  return table<Alias>(
    aliases,
    [
      { title: 'alias', text: (one) => one.alias, tone: () => 'name' },
      { title: 'version', text: (one) => aliasText(one) },
      { title: 'set', text: ({ setAt }) => localTime(setAt), tone: () => 'quiet', optional: true },
      {
        title: 'by',
        text: ({ setBy }) => cleanLine(setBy),
        tone: () => 'quiet',
        optional: true,
        gives: true,
      },
    ],
    output,
  );
}

function versionTable(versions: readonly AgentVersion[], output: AgentsCall['output']): string[] {
  return table(
    versions,
    [
      { title: 'agent', text: ({ agent }) => agent, tone: () => 'name' },
      { title: 'version', text: ({ number }) => number },
      { title: 'role', text: ({ roleRequired = '' }) => roleRequired, optional: true },
      { title: 'digest', text: ({ digest }) => digest.slice(0, 12), tone: () => 'quiet', optional: true },
      { title: 'size', text: ({ bundleSize }) => size(bundleSize), right: true, optional: true },
      {
        title: 'published',
        text: ({ publishedAt }) => localTime(publishedAt),
        tone: () => 'quiet',
        optional: true,
      },
      { title: 'description', text: ({ description = '' }) => cleanLine(description), gives: true },
    ],
    output,
  );
}
