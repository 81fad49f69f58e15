import type { Run } from '../../../shared/protocol/runs.ts';
import { type Call, defineCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { commandLine, conclude, followOptions, followRun } from '../following/follow-run.ts';
import { readRunInput } from '../input/run-input.ts';
import { publishProgram } from '../programs/publish-program.ts';
import { type Target, targetOf } from '../programs/target.ts';
import { UsageError } from '../usage-error.ts';
import { takeArguments } from './arguments.ts';

const options = {
  input: { type: 'string', value: 'JSON|FILE', help: 'JSON, @FILE with JSON in it, or a file to work on' },
  file: {
    type: 'string',
    multiple: true,
    value: 'PATH',
    help: 'a file the workspace starts with; repeatable',
  },
  keep: { type: 'string', value: 'DAYS', help: 'remove it so many days after its end' },
  session: { type: 'string', value: 'NAME', help: 'the session that the run belongs to' },
  key: { type: 'string', value: 'KEY', help: 'Idempotency-Key: the same key starts the run only once' },
  detach: { type: 'boolean', help: 'do not follow the run' },
  ...followOptions,
} as const;

type RunCall = Call<typeof options>;

export const command = defineCommand({
  usage: 'AGENT[@VERSION|@ALIAS]|FILE [--input JSON|FILE] [--file PATH]… [--yes] [--detach]',
  options,
  details:
    'A program file (TypeScript or JavaScript) is published first, as a new version if it has changed.\n' +
    'A file as input is put into the workspace, and the input becomes {"file": NAME}; a .json file is the input.',
  async run(call) {
    const [typed] = takeArguments(call, 'AGENT or FILE');
    const { detach = false, yes = false, once = false } = call.values;
    const run = await start(call, targetOf(typed, call.surroundings.cwd));
    if (detach) return sayStarted(call, run);
    if (!call.json) call.output.line(`${call.output.paint('name', run.run)}  ${run.agent} ${run.number}`);
    return conclude(call, run.run, await followRun(call, run.run, { yes, once }));
  },
});

async function start(call: RunCall, target: Target): Promise<Run> {
  const { input, file, session, key, keep } = call.values;
  const given = await readRunInput(
    { ...(input === undefined ? {} : { input }), ...(file === undefined ? {} : { file }) },
    call.surroundings.cwd,
    (bytes) => call.connect().upload(bytes),
  );
  const client = call.connect();
  const version = await versionOf(call, target);
  return client.startRun(
    {
      agent: target.agent,
      ...(version === undefined ? {} : { version }),
      ...(given.input === undefined ? {} : { input: given.input }),
      ...(given.inputUpload === undefined ? {} : { inputUpload: given.inputUpload }),
      ...(given.files.length === 0 ? {} : { files: [...given.files] }),
      ...(session === undefined ? {} : { session }),
      ...(keep === undefined ? {} : { retentionDays: keptDays(keep) }),
    },
    key === undefined ? {} : { idempotencyKey: key },
  );
}

function keptDays(typed: string): number {
  if (/^[1-9]\d{0,4}$/.test(typed)) return Number(typed);
  throw new UsageError(`--keep takes a number of days from 1 on, not \`${typed}\``);
}

async function versionOf(call: Call, target: Target): Promise<string | undefined> {
  if (target.kind === 'agent') return target.version;
  const { version, fresh, warnings } = await publishProgram(call.connect(), target);
  if (call.json) return version.digest;
  call.output.lines(warnings.map((text) => call.output.paint('attention', text)));
  if (fresh) call.output.line(`Published ${version.agent} ${version.number}.`);
  return version.digest;
}

function sayStarted(call: Call, run: Run) {
  if (call.json) call.output.document(run);
  else {
    call.output.line(run.run);
    call.output.line(`Watch it with:  ${commandLine(call, 'watch', run.run)}`);
  }
  return exitCodes.ok;
}
