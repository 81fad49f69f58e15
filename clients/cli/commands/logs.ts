import type { LogPage } from '../../../shared/protocol/runs.ts';
import { showFunctionLogs } from '../cloud/show-function-logs.ts';
import { stageOf, stageOption } from '../cloud/stage.ts';
import { defineCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { cleanLine } from '../terminal/clean.ts';
import type { Paint, Tone } from '../terminal/paint.ts';
import { UsageError } from '../usage-error.ts';
import { refuseMore, runOf } from './arguments.ts';

type Line = LogPage['lines'][number];

const levels = ['debug', 'info', 'warn', 'error'] as const;

const tones: Readonly<Record<Line['level'], Tone>> = {
  debug: 'quiet',
  info: 'plain',
  warn: 'attention',
  error: 'bad',
};

export const command = defineCommand({
  usage: '[RUN] [--level LEVEL] | --stage STAGE [--function NAME] [--since 10m] [--follow]',
  options: {
    level: {
      type: 'string',
      value: 'LEVEL',
      choices: levels,
      help: `${levels.join(', ')}: from this one on`,
    },
    stage: { ...stageOption, help: 'what the functions of a stage on AWS have logged, instead' },
    function: { type: 'string', multiple: true, value: 'NAME', help: 'with --stage: only this function' },
    since: {
      type: 'string',
      value: 'TIME',
      help: 'with --stage: from when on, 10m or 2h ago (default: 10m)',
    },
    follow: { type: 'boolean', help: 'with --stage: go on until Ctrl-C' },
  },
  details:
    'What the program of a run has written with `log`. With --json: one line each. Without RUN: the newest one.\n' +
    'With --stage: what the functions of a stage on AWS have written, which is one JSON line for each request.',
  async run(call) {
    const { stage, function: functions = [], since, follow = false } = call.values;
    if (stage !== undefined) {
      refuseMore(call, 0);
      return showFunctionLogs(call, { stage: stageOf(stage), functions, since: sinceOf(since), follow });
    }
    const least = levelOf(call.values.level);
    const run = await runOf(call);
    for await (const line of call.connect().logs(run)) {
      if (levels.indexOf(line.level) < least) continue;
      if (call.json) call.output.record(line);
      else call.output.line(textOf(line, call.output.paint));
    }
    return exitCodes.ok;
  },
});

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds ago, of `10m` or `2h`. */
function sinceOf(typed = '10m'): number {
  const { amount, unit = '' } = /^(?<amount>\d{1,4})(?<unit>[smhd])$/.exec(typed)?.groups ?? {};
  if (amount !== undefined) return Number(amount) * (unitMs[unit] ?? 0);
  throw new UsageError(`--since takes a number and s, m, h or d, such as 10m, not \`${typed}\``);
}

function levelOf(typed = 'debug'): number {
  const level = levels.indexOf(typed as (typeof levels)[number]);
  if (level >= 0) return level;
  throw new UsageError(`--level takes ${levels.join(', ')}, not \`${typed}\``);
}

/** Times as the log has them: whoever compares programs wants the clock, not the distance. */
export function textOf({ at, level, message, data }: Line, paint: Paint): string {
  const particulars = data === undefined ? '' : `  ${paint('quiet', cleanLine(JSON.stringify(data)))}`;
  return `${paint('quiet', at)}  ${paint(tones[level], level.padEnd(5))}  ${cleanLine(message)}${particulars}`;
}
