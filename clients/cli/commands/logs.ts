import type { LogPage } from '../../../shared/protocol/runs.ts';
import { defineCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { cleanLine } from '../terminal/clean.ts';
import type { Paint, Tone } from '../terminal/paint.ts';
import { UsageError } from '../usage-error.ts';
import { runOf } from './arguments.ts';

type Line = LogPage['lines'][number];

const levels = ['debug', 'info', 'warn', 'error'] as const;

const tones: Readonly<Record<Line['level'], Tone>> = {
  debug: 'quiet',
  info: 'plain',
  warn: 'attention',
  error: 'bad',
};

export const command = defineCommand({
  usage: '[RUN] [--level LEVEL]',
  options: {
    level: {
      type: 'string',
      value: 'LEVEL',
      choices: levels,
      help: `${levels.join(', ')}: from this one on`,
    },
  },
  details:
    'What the program of a run has written with `log`. With --json: one line each. Without RUN: the newest one.',
  async run(call) {
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
