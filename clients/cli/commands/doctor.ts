import { checkAccount, checkApi, checkBootstrap, checkStacks } from '../cloud/checks.ts';
import { stageOf, stageOption } from '../cloud/stage.ts';
import { defineCommand } from '../command.ts';
import { type Check, check } from '../doctor/check.ts';
import { checkFolder, checkSpace, checkSync, checkToken } from '../doctor/data.ts';
import { checkDatabases } from '../doctor/databases.ts';
import { checkNode, checkPackages } from '../doctor/installation.ts';
import { checkServer } from '../doctor/server.ts';
import { checkShell } from '../doctor/shell.ts';
import { checkCompose, checkDocker, checkEndpoint, endpoints, isTwinUp } from '../doctor/twin.ts';
import { exitCodes } from '../exit-codes.ts';
import { cleanText } from '../terminal/clean.ts';
import type { Paint } from '../terminal/paint.ts';
import { padEnd } from '../terminal/width.ts';
import { refuseMore } from './arguments.ts';

export const command = defineCommand({
  usage: '[--stage STAGE]',
  options: { stage: { ...stageOption, help: 'check a stage on AWS instead; twin: the Compose twin' } },
  async run(call) {
    refuseMore(call, 0);
    const { data, output, json, values } = call;
    const checks = await checksFor(values.stage, data);
    if (json) output.document({ checks });
    else output.lines(checks.flatMap((check) => checkLines(check, output.paint)));
    return checks.every(({ ok }) => ok) ? exitCodes.ok : exitCodes.failed;
  },
});

function checksFor(stage: string | undefined, data: string): Promise<Check[]> {
  if (stage === undefined) return checksHere(data);
  return stage === 'twin' ? checksOfTwin() : checksOf(stageOf(stage));
}

/** Of this machine and the data folder. */
async function checksHere(data: string): Promise<Check[]> {
  return [
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
}

/** Of the Compose twin, whether it is up or about to be. */
async function checksOfTwin(): Promise<Check[]> {
  const isUp = isTwinUp();
  return [
    await check('Docker', () => checkDocker()),
    await check('Compose', () => checkCompose()),
    await check('Gateway', () => checkEndpoint(endpoints.gateway, isUp)),
    await check('LocalStack', () => checkEndpoint(endpoints.localstack, isUp)),
  ];
}

/** Of a stage on AWS. */
async function checksOf(stage: string): Promise<Check[]> {
  return [
    await check('Packages', checkPackages),
    await check('Account', checkAccount),
    await check('Bootstrap', checkBootstrap),
    await check('Stacks', () => checkStacks(stage)),
    await check('API', () => checkApi(stage)),
  ];
}

function checkLines({ name, ok, found, remedy }: Check, paint: Paint): string[] {
  const verdict = ok ? paint('good', 'ok    ') : paint('bad', 'not ok');
  const line = `${verdict}  ${padEnd(name, 12)} ${cleanText(found)}`;
  return remedy === undefined ? [line] : [line, `        ${' '.repeat(12)} ${paint('attention', remedy)}`];
}
