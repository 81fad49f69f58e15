/**
 * Brings the Compose twin up, runs every scenario on it and takes it down, whatever has happened: `npm run test:twin`. The
 * last line is always `N passed, N failed`.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FileRecord } from '../../../scripts/test-runner/file-record.ts';
import { runFile } from '../../../scripts/test-runner/run-file.ts';
import { failuresText, fileLine, lastLine, problemText } from '../../../scripts/test-runner/texts.ts';
import { surroundingsOf } from '../aws/surroundings.ts';
import { tell } from '../tell.ts';
import { composeDeployment } from './deployment.ts';
import { ask, Project } from './docker.ts';
import { prepareImages } from './images.ts';
import { projectName } from './project-name.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Longest that all scenarios may take, in milliseconds. */
const suiteMs = 1_500_000;

/** Longest that the stack may take to be deployed, in milliseconds. */
const deployMs = 600_000;

const project = new Project(projectName);

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await work();
  console.log(`${what}: ${((performance.now() - began) / 1_000).toFixed(0)} s`);
  return result;
}

async function takeDown(): Promise<void> {
  await project.down('-v', '--remove-orphans').catch(() => '');
  const left = await project.everything();
  if (left.length > 0) await ask('docker', ['rm', '-fv', ...left]).catch(() => '');
  await project.down('-v', '--remove-orphans');
}

async function keepLogs(): Promise<void> {
  const path = join(mkdtempSync(join(tmpdir(), 'tandem-twin-')), 'compose.log');
  writeFileSync(path, await project.compose('logs', '--no-color', '--timestamps').catch(String));
  console.log(`What the containers said stands in ${path}`);
}

/** Of what is run on a stage that is deployed, what shows that its runner works: calls, decisions, and its own kind of outage. */
const ofStage = [/^approvals$/, /^a kill without warning$/];

const records: FileRecord[] = [];

async function runSuite(file: string, names: readonly RegExp[] = []): Promise<void> {
  const record = await runFile(root, file, suiteMs, { names, onEnd: tell });
  records.push(record);
  console.log(fileLine(record));
  if (record.failures.length > 0) console.log(failuresText(record));
}

async function run(): Promise<void> {
  Object.assign(process.env, await timed('images', () => prepareImages(root)));
  await takeDown();
  await timed('containers started', () => project.compose('up', '-d', '--no-build'));
  await timed('stack deployed', async () => {
    const late = new Promise<never>((_resolve, reject) => {
      const why = new Error(`The stack was not deployed within ${deployMs / 1_000} s`);
      setTimeout(() => reject(why), deployMs).unref();
    });
    await Promise.race([composeDeployment(project), late]);
  });
  await runSuite('test/scenarios/compose/suite.ts');
  Object.assign(process.env, surroundingsOf('twin'), { COMPOSE_PROJECT_NAME: project.name });
  await runSuite('test/scenarios/aws/suite.ts', ofStage);
}

const problems: string[] = [];
try {
  await run();
} catch (error) {
  problems.push(error instanceof Error ? error.message : String(error));
}
if (!lastLine(records, problems).inOrder) await keepLogs();
await timed('taken down', takeDown).catch((error: unknown) => problems.push(String(error)));
for (const problem of problems) console.log(problemText(problem));
const { line, inOrder } = lastLine(records, problems);
console.log(line);
process.exit(inOrder ? 0 : 1);
