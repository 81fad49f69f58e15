/**
 * Runs the scenarios on a stage that is deployed: `npm run test:aws -- --stage dev`. The account and the region are those
 * of the environment. The last line is always `N passed, N failed`.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { stageOf } from '../../../clients/cli/cloud/stage.ts';
import { runFile } from '../../../scripts/test-runner/run-file.ts';
import { failuresText, fileLine, lastLine } from '../../../scripts/test-runner/texts.ts';
import { tell } from '../tell.ts';
import { surroundingsOf } from './surroundings.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Longest that all scenarios may take, in milliseconds. */
const suiteMs = 2_400_000;

try {
  const { values } = parseArgs({ options: { stage: { type: 'string' } } });
  const stage = stageOf(values.stage);
  if (stage === 'prod')
    throw new Error('Executions of others would be stopped: run it on a stage that keeps no data.');
  Object.assign(process.env, surroundingsOf(stage));
  const record = await runFile(root, 'test/scenarios/aws/suite.ts', suiteMs, { onEnd: tell });
  console.log(fileLine(record));
  if (record.failures.length > 0) console.log(failuresText(record));
  const { line, inOrder } = lastLine([record], []);
  console.log(line);
  process.exitCode = inOrder ? 0 : 1;
} catch (error) {
  console.log(error instanceof Error ? error.message : String(error));
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
