import type { Json } from '../../../shared/protocol/json.ts';
import type { Run } from '../../../shared/protocol/runs.ts';
import { cleanLine } from '../terminal/clean.ts';
import type { Paint } from '../terminal/paint.ts';
import { count } from '../terminal/units.ts';
import { cut } from '../terminal/width.ts';
import { localTime, waitsText } from './run-table.ts';
import { statusTones } from './tones.ts';

/** What stands above the timeline of a run. */
export function runHeader(run: Run, paint: Paint): string[] {
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
      ({ approval, what }) => ['approval', `${paint('attention', approval)}  ${cleanLine(what)}`] as const,
    ),
  ];
  return facts
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${paint('quiet', name.padEnd(11))}${value}`);
}

const tooLong = '(too long to show here)';

function valueText(value: Json | undefined): string | undefined {
  return value === undefined || value === null ? undefined : cut(cleanLine(JSON.stringify(value)), 160);
}
