import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { databaseFunction } from '../../functions/deployed/database.ts';
import type { FunctionSpec } from '../../functions/deployed/function-spec.ts';
import { deployedFunctions } from '../../functions/deployed/functions.ts';
import { httpFunctions } from '../../functions/deployed/http.ts';
import { functionEnvironment } from '../../test/support/function-environment.ts';
import { zippedSize } from '../../test/support/zipped-size.ts';
import { bundleFunction } from './bundle.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'tandem-bundles-'));
const specs = [...httpFunctions(), ...deployedFunctions, databaseFunction];
const mostBytes = 1024 * 1024;
const mostCode = 256 * 1024;

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
const made = new Map<string, Promise<string>>();

function bundled(name: string): Promise<string> {
  const known = made.get(name);
  if (known !== undefined) return known;
  const fresh = bundleFunction(specOf(name), folder);
  made.set(name, fresh);
  return fresh;
}

function specOf(name: string): FunctionSpec {
  const spec = specs.find((one) => one.name === name);
  assert.ok(spec);
  return spec;
}

/** What a handler answers or throws, in a process of its own. */
async function answerOf(
  name: string,
  variables: object = functionEnvironment,
): Promise<{ answer?: unknown; error?: string }> {
  const file = join(await bundled(name), 'index.mjs');
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

  it('tells positions of the sources in stacks, and reads its map when one is asked for', async () => {
    const path = await bundleFunction(
      {
        name: 'fails',
        source: `import { needed } from './functions/needed.ts';
          export const handler = async () => needed({}, 'TANDEM_TABLE');`,
      },
      folder,
    );
    const script = `const { handler } = await import(${JSON.stringify(join(path, 'index.mjs'))});
      await handler().catch((error) => process.stdout.write(error.stack));`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script]);
    const source = readFileSync(new URL('../../functions/needed.ts', import.meta.url), 'utf8');
    const line = source.split('\n').findIndex((text) => text.includes('throw ')) + 1;
    const [message, thrown] = stdout.split('\n');
    assert.equal(message, 'SettingError: TANDEM_TABLE is not set');
    assert.match(thrown ?? '', new RegExp(`^ {4}at \\w+ \\(functions/needed\\.ts:${line}:\\d+\\)$`));
  });

  it('is the same bytes each time, so that nothing is deployed that has not changed', async () => {
    const first = await bundled('health');
    const again = await bundleFunction(specOf('health'), join(folder, 'again'));
    for (const file of readdirSync(again)) {
      assert.deepEqual(readFileSync(join(again, file)), readFileSync(join(first, file)), file);
    }
  });

  it('loads at once what it needs and little else of Node', async () => {
    const { files, builtins } = await loadedBy('start-run');
    // Itself, the store, what that knows of blobs, and what these have in common with what is loaded later.
    assert.ok(files.length <= 4, files.join(' '));
    // What comes with `util`, `http` and `process` when they are imported as ES modules.
    for (const name of ['internal/deps/undici/undici', 'internal/util/parse_args/parse_args']) {
      assert.ok(!builtins.includes(name), name);
    }
  });

  for (const spec of specs) {
    it(`${spec.name} has at most 1 MiB, zipped with its source maps`, async () => {
      assert.ok(zippedSize(await bundled(spec.name)).withMaps <= mostBytes);
    });

    it(`${spec.name} begins with at most 256 KiB of code: no client of AWS, no other route`, async () => {
      const index = join(await bundled(spec.name), 'index.mjs');
      assert.ok(statSync(index).size <= mostCode, `${statSync(index).size}`);
      const { sources } = JSON.parse(readFileSync(`${index}.map`, 'utf8')) as { sources: string[] };
      assert.deepEqual(
        sources.filter((source) => source.includes('node_modules/@aws-sdk/')),
        [],
      );
      const routes = new Set(sources.flatMap((source) => /functions\/http\/(\w+)\//.exec(source)?.[1] ?? []));
      // The document of all routes is made of all routes.
      if (spec.name !== 'get-open-api') assert.ok(routes.size <= 1, [...routes].join(' '));
    });
  }
});

/** The files and parts of Node that are loaded until a function is put together. */
async function loadedBy(name: string): Promise<{ files: string[]; builtins: string[] }> {
  const script = `import { registerHooks } from 'node:module';
    const files = [];
    const before = new Set(process.moduleLoadList);
    registerHooks({
      load(url, context, next) {
        if (url.startsWith('file:')) files.push(url.slice(url.lastIndexOf('/') + 1));
        return next(url, context);
      },
    });
    await import(${JSON.stringify(join(await bundled(name), 'index.mjs'))});
    process.on('beforeExit', () => {
      const builtins = process.moduleLoadList.filter((one) => !before.has(one));
      process.stdout.write(JSON.stringify({ files, builtins }));
      process.exit();
    });`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
    env: functionEnvironment as NodeJS.ProcessEnv,
  });
  const { files, builtins } = JSON.parse(stdout) as { files: string[]; builtins: string[] };
  return { files, builtins: builtins.map((one) => one.replace(/^NativeModule /, '')) };
}
