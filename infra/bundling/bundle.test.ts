import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { databaseFunction } from '../../functions/deployed/database.ts';
import { deployedFunctions } from '../../functions/deployed/functions.ts';
import { httpFunctions } from '../../functions/deployed/http.ts';
import { functionEnvironment } from '../../test/support/function-environment.ts';
import { zippedSize } from '../../test/support/zipped-size.ts';
import { bundleFunction } from './bundle.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'tandem-bundles-'));
const specs = [...httpFunctions(), ...deployedFunctions, databaseFunction];
const mostBytes = 1024 * 1024;

const request = {
  httpMethod: 'GET',
  path: '/v1',
  headers: {},
  body: null,
  pathParameters: null,
  queryStringParameters: null,
  multiValueQueryStringParameters: null,
  requestContext: { requestId: 'req_1', identity: { sourceIp: '192.0.2.1' } },
};

const step = { tenant: 'acme', run: 'run_01kah0000000000000000000aa', generation: 1 };

/** One function of each kind, and those that are put together from the most. */
const asked: Readonly<Record<string, unknown>> = {
  'start-run': request,
  'export-run': request,
  report: { ...request, headers: { authorization: 'Ticket x' } },
  ready: request,
  health: request,
  'task-advance': step,
  'task-finish': step,
  authorizer: { authorizationToken: 'Bearer x', methodArn: 'arn:aws:execute-api:r:a:api/dev/GET/v1/runs' },
  reconcile: { 'detail-type': 'Scheduled Event' },
};

/** Each is bundled once. */
const made = new Map<string, string>();

function bundled(name: string): string {
  const known = made.get(name);
  if (known !== undefined) return known;
  const spec = specs.find((one) => one.name === name);
  assert.ok(spec);
  const fresh = bundleFunction(spec, folder);
  made.set(name, fresh);
  return fresh;
}

/** What a handler answers or throws, in a process of its own. */
async function answerOf(
  name: string,
  variables: object = functionEnvironment,
): Promise<{ answer?: unknown; error?: string }> {
  const file = join(bundled(name), 'index.mjs');
  const script = `const { handler } = await import(${JSON.stringify(file)});
    const context = { getRemainingTimeInMillis: () => 30_000 };
    const said = await handler(${JSON.stringify(asked[name])}, context).then(
      (answer) => ({ answer }),
      (error) => ({ error: error.name + ': ' + error.message }),
    );
    process.stdout.write('\\n' + JSON.stringify(said));
    process.exit(0);`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
    env: variables as NodeJS.ProcessEnv,
  });
  return JSON.parse(stdout.slice(stdout.lastIndexOf('\n') + 1));
}

const statusOf = (said: { answer?: unknown }) => (said.answer as { statusCode: number }).statusCode;

describe('a bundled function', () => {
  after(() => rmSync(folder, { recursive: true }));

  it('answers while nothing that it needs is there, and says what it can', async () => {
    assert.equal(statusOf(await answerOf('start-run')), 401);
    assert.equal(statusOf(await answerOf('export-run')), 401);
    assert.equal(statusOf(await answerOf('health')), 200);
    assert.ok(statusOf(await answerOf('ready')) >= 500);
    assert.match((await answerOf('task-advance')).error ?? '', /^Tandem\.Unavailable: store\.unavailable/);
    assert.match((await answerOf('task-finish')).error ?? '', /^Tandem\.Unavailable: store\.unavailable/);
    assert.equal((await answerOf('authorizer')).error, 'Error: Unauthorized');
    assert.match((await answerOf('reconcile')).error ?? '', /store|table|DynamoDB/i);
  });

  it('that lacks a variable says so in its log, and answers all the same', async () => {
    const { TANDEM_TABLE: _, ...rest } = functionEnvironment;
    assert.equal(statusOf(await answerOf('start-run', rest)), 500);
  });

  for (const { name } of specs) {
    it(`${name} has at most 1 MiB, zipped with its source maps`, () => {
      assert.ok(zippedSize(bundled(name)).withMaps <= mostBytes);
    });
  }
});
