import type { TranscriptLine } from '../../../shared/protocol/transcripts.ts';
import { defineCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { cleanLine } from '../terminal/clean.ts';
import type { Paint } from '../terminal/paint.ts';
import { UsageError } from '../usage-error.ts';
import { runOf } from './arguments.ts';

export const command = defineCommand({
  usage: '[RUN] [--after SEQ]',
  options: {
    after: {
      type: 'string',
      value: 'SEQ',
      help: 'only what comes after this event (default: from the start)',
    },
  },
  details:
    'What went in, what the program asked and was answered, decisions, signals and the end, as the log\nhas them. With --json: one line each, as the API gives them. Without RUN: the newest one.',
  async run(call) {
    const run = await runOf(call);
    const { after } = call.values;
    const options = after === undefined ? {} : { after: sequenceOf(after) };
    for await (const line of call.connect().transcript(run, options)) {
      if (call.json) call.output.record(line);
      else call.output.line(textOf(line, call.output.paint));
    }
    return exitCodes.ok;
  },
});

function sequenceOf(typed: string): number {
  if (/^\d{1,15}$/.test(typed)) return Number(typed);
  throw new UsageError(`--after takes the number of an event, not \`${typed}\``);
}

/** One line: when, who, and what was said. */
export function textOf(line: TranscriptLine, paint: Paint): string {
  const { at, by } = line;
  return `${paint('quiet', at)}  ${cleanLine(by).padEnd(10)}  ${cleanLine(sayingOf(line))}`;
}

function sayingOf(line: TranscriptLine): string {
  switch (line.type) {
    case 'input':
      return `input of ${line.agent} ${line.number}: ${shown(line)}`;
    case 'request':
      return `${line.operation} asks ${line.kind} ${shown(line)}`;
    case 'answer':
      return line.ok
        ? `${line.operation} is answered ${shown(line)}`
        : `${line.operation} fails: ${line.error?.message} [${line.error?.code}]`;
    case 'approval':
      return `${line.operation} needs a decision: ${line.what}`;
    case 'decision':
      return `${line.operation} is ${line.decision}${because(line.reason)}`;
    case 'signal':
      return `signal ${line.name} ${shown(line)}`;
    case 'control':
      return `${line.control}${because(line.reason)}`;
    case 'end':
      return line.status === 'succeeded'
        ? `succeeded with ${shown(line)}`
        : `${line.status}${because(line.error?.message ?? line.reason)}`;
    default:
      return (line as { readonly type: string }).type;
  }
}

const shown = ({ value, valueUrl }: { readonly value?: unknown; readonly valueUrl?: string }): string =>
  valueUrl ?? JSON.stringify(value ?? null);

const because = (reason: string | undefined): string => (reason === undefined ? '' : `: ${reason}`);
