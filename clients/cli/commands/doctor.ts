import { defineCommand } from '../command.ts';
import { type Check, check } from '../doctor/check.ts';
import { checkFolder, checkSpace, checkSync, checkToken } from '../doctor/data.ts';
import { checkDatabases } from '../doctor/databases.ts';
import { checkNode, checkPackages } from '../doctor/installation.ts';
import { checkServer } from '../doctor/server.ts';
import { checkShell } from '../doctor/shell.ts';
import { exitCodes } from '../exit-codes.ts';
import { cleanText } from '../terminal/clean.ts';
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
      await check('Node', checkNode),
      await check('Packages', checkPackages),
      await check('Shell', checkShell),
      await check('Data folder', () => checkFolder(data)),
      await check('Disk space', () => checkSpace(data)),
      await check('Disk sync', () => checkSync(data)),
      await check('Databases', () => checkDatabases(data)),
      await check('Token', () => checkToken(data)),
      await check('Server', () => checkServer(data)),
    ];
    if (json) output.document({ checks });
    else output.lines(checks.flatMap((check) => checkLines(check, output.paint)));
    return checks.every(({ ok }) => ok) ? exitCodes.ok : exitCodes.failed;
  },
});

function checkLines({ name, ok, found, remedy }: Check, paint: Paint): string[] {
  const verdict = ok ? paint('good', 'ok    ') : paint('bad', 'not ok');
  const line = `${verdict}  ${padEnd(name, 12)} ${cleanText(found)}`;
  return remedy === undefined ? [line] : [line, `        ${' '.repeat(12)} ${paint('attention', remedy)}`];
}
