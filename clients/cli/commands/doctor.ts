import { defineCommand } from '../command.ts';
import type { Check } from '../doctor/check.ts';
import { checkFolder, checkSpace, checkSync, checkToken } from '../doctor/data.ts';
import { checkNode, checkPackages } from '../doctor/installation.ts';
import { checkServer } from '../doctor/server.ts';
import { checkShell } from '../doctor/shell.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Paint } from '../terminal/paint.ts';
import { padEnd } from '../terminal/width.ts';
import { refuseMore } from './arguments.ts';

export const command = defineCommand({
  usage: '',
  options: {},
  async run(call) {
    refuseMore(call, 0);
    const { data, output, json } = call;
    const checks: Check[] = [
      checkNode(),
      checkPackages(),
      checkShell(),
      checkFolder(data),
      checkSpace(data),
      checkSync(data),
      checkToken(data),
      await checkServer(data),
    ];
    if (json) output.document({ checks });
    else output.lines(checks.flatMap((check) => checkLines(check, output.paint)));
    return checks.every(({ ok }) => ok) ? exitCodes.ok : exitCodes.failed;
  },
});

function checkLines({ name, ok, found, remedy }: Check, paint: Paint): string[] {
  const verdict = ok ? paint('good', 'ok    ') : paint('bad', 'not ok');
  const line = `${verdict}  ${padEnd(name, 12)} ${found}`;
  return remedy === undefined ? [line] : [line, `        ${' '.repeat(12)} ${paint('attention', remedy)}`];
}
