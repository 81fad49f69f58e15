import type { Json } from '../../../shared/protocol/json.ts';
import type { Run } from '../../../shared/protocol/runs.ts';
import { cleanLine } from '../terminal/clean.ts';
import type { Output } from '../terminal/output.ts';
import { count } from '../terminal/units.ts';
import { cut } from '../terminal/width.ts';
import { localTime, waitsText } from './run-table.ts';
import { statusTones } from './tones.ts';

/** Width of the names. */
const nameWidth = 11;

/** Columns of what is asked for; less says nothing. */
const leastWhat = 8;

/** What stands above the timeline of a run. */
export function runHeader(run: Run, { paint, columns }: Pick<Output, 'paint' | 'columns'>): string[] {
  const valueText = (value: Json | undefined) => shortText(value, columns - nameWidth);
  const status = waitsText(run.status, run.waitingFor);
  const facts: (readonly [string, string | undefined])[] = [
    ['run', `${paint('name', run.run)}  ${paint(statusTones[run.status], status)}`],
    ['agent', `${run.agent} ${run.number}${run.alias === undefined ? '' : `, by the alias ${run.alias}`}`],
    ['started', `${localTime(run.createdAt)}, ${count(run.operations, 'operation')} answered since`],
    ['session', run.session],
    ['parent', run.parent],
    ['input', run.inputUrl === undefined ? valueText(run.input) : tooLong],
    ['output', run.outputUrl === undefined ? valueText(run.output) : tooLong],
    ['isolation', `program: ${run.isolation.program}, commands: ${run.isolation.command}`],
    ['error', run.error && paint('bad', cleanLine(`${run.error.message} [${run.error.code}]`))],
    ...run.openApprovals.map(
      ({ approval, what }) =>
        [
          'approval',
          `${paint('attention', approval)}  ${cut(cleanLine(what), Math.max(leastWhat, columns - nameWidth - approval.length - 2))}`,
        ] as const,
    ),
  ];
  return facts
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${paint('quiet', name.padEnd(nameWidth))}${value}`);
}

const tooLong = '(too long to show here)';

function shortText(value: Json | undefined, width: number): string | undefined {
  return value === undefined || value === null ? undefined : cut(cleanLine(JSON.stringify(value)), width);
}
