import type { Command, Option, Options } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { type Entry, groups } from './registry.ts';
import type { Output } from './terminal/output.ts';
import type { Paint } from './terminal/paint.ts';
import { padEnd, wrap } from './terminal/width.ts';

/** Options of every command. */
export const commonOptions = {
  data: { type: 'string', value: 'DIR', help: 'data folder (default: the nearest .tandem; TANDEM_DATA)' },
  json: { type: 'boolean', help: 'JSON instead of text: one document, or JSON lines when following' },
  help: { type: 'boolean', help: 'show this' },
} as const satisfies Record<string, Option>;

const exitTexts: readonly (readonly [number, string])[] = [
  [exitCodes.ok, 'done; a run that was followed has succeeded'],
  [exitCodes.failed, 'the run failed, a check found something, or the request was refused'],
  [exitCodes.usage, 'what was typed cannot be understood'],
  [exitCodes.unreachable, 'no server answers'],
  [exitCodes.approvalWaits, 'with --once: a person has to approve first'],
  [exitCodes.interrupted, 'stopped by Ctrl-C; the run goes on'],
];

/** The list of commands. */
export function overview(paint: Paint): string[] {
  const list = groups.flatMap(({ title, entries }) => [
    '',
    paint('strong', title),
    ...entries.map(({ name, summary }) => `  ${paint('name', padEnd(name, 15))}${summary}`),
  ]);
  return [
    'Tandem runs AI agents durably, in isolation and on the record.',
    '',
    `${paint('strong', 'Usage')}  npx tandem COMMAND [options]`,
    ...list,
    '',
    paint('strong', 'Exit codes'),
    ...exitTexts.map(([code, text]) => `  ${padEnd(String(code), 5)}${text}`),
    '',
    'More on a command:  npx tandem help COMMAND',
  ];
}

/** The list of commands, for programs. */
export function overviewDocument() {
  const commands = groups.flatMap(({ title, entries }) =>
    entries.map(({ name, summary }) => ({ name, group: title, summary })),
  );
  return { commands, exitCodes: exitTexts.map(([code, meaning]) => ({ code, meaning })) };
}

/** What one command takes, for programs. */
export function commandDocument({ name, summary }: Entry, command: Command) {
  const options = Object.entries<Option>(optionsOf(command)).map(([option, how]) => ({
    name: option,
    ...how,
  }));
  const { usage, details } = command;
  return {
    name,
    summary,
    usage: `npx tandem ${name} ${usage}`.trimEnd(),
    ...(details === undefined ? {} : { details }),
    options,
  };
}

/** Those of the command, then those of every one. */
const optionsOf = (command: Command): Options => ({ ...command.options, ...commonOptions });

/** Text is easiest to read in lines that are not longer, however wide the screen. */
const longestLine = 110;

/** What one command takes. */
export function helpOf(
  { name, summary }: Entry,
  command: Command,
  { paint, columns }: Pick<Output, 'paint' | 'columns'>,
): string[] {
  const options = optionsOf(command);
  const names = Object.entries<Option>(options).map(
    ([option, { value }]) => `--${option}${value === undefined ? '' : ` ${value}`}`,
  );
  const width = Math.max(...names.map(({ length }) => length)) + 2;
  const helps = Object.values<Option>(options).map(({ help }) => help);
  const room = Math.min(columns, longestLine);
  const lines = names.flatMap((option, index) => {
    const [first = '', ...more] = wrap(helps[index] ?? '', Math.max(20, room - width - 2));
    const indent = ' '.repeat(width + 2);
    return [`  ${paint('name', padEnd(option, width))}${first}`, ...more.map((line) => indent + line)];
  });
  return [
    summary,
    '',
    `${paint('strong', 'Usage')}  npx tandem ${name} ${command.usage}`.trimEnd(),
    ...(command.details === undefined ? [] : ['', ...reflow(command.details, room)]),
    '',
    paint('strong', 'Options'),
    ...lines,
  ];
}

/** Lines that go on are one paragraph; what is indented stays as it is. */
function reflow(text: string, width: number): string[] {
  const paragraphs = text.split(/\n(?= )|(?<=\n .*)\n|(?<=^ .*)\n/);
  return paragraphs.flatMap((paragraph) =>
    paragraph.startsWith(' ') ? [paragraph] : wrap(paragraph.replaceAll('\n', ' '), width),
  );
}
