import { fileURLToPath } from 'node:url';
import { inspect, parseArgs } from 'node:util';
import { runFile } from '../../scripts/test-runner/run-file.ts';
import { failuresText, fileLine } from '../../scripts/test-runner/texts.ts';
import { NoPython } from '../support/python.ts';
import { fuzz } from './fuzz.ts';
import type { FuzzResult } from './report.ts';

/**
 * `npm run test:api -- [--long] [--seed N]`: the API as strangers meet it. Who may do what, what tenants see of each
 * other, tricks with requests, and a fuzz of every route from the OpenAPI document. The last line is always
 * `N passed, N failed`.
 */

const usage = 'Usage: npm run test:api -- [--long] [--seed N]';

const files = [
  'functions/http/roles.test.ts',
  'test/api/tenancy.ts',
  'test/security/tokens.test.ts',
  'test/security/every-route.test.ts',
  'test/security/http.test.ts',
  'test/security/headers.test.ts',
  'test/security/connections.test.ts',
];

/** A file that takes longer hangs. */
const fileTimeoutMs = 180_000;

const seconds = { usual: 110, long: 1_800 };

function options(): { readonly long: boolean; readonly seed: number } {
  try {
    const { values } = parseArgs({
      options: { long: { type: 'boolean', default: false }, seed: { type: 'string', default: '1' } },
    });
    if (!/^\d{1,9}$/.test(values.seed))
      throw new TypeError(`--seed takes a whole number, not ${values.seed}`);
    return { long: values.long, seed: Number(values.seed) };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}.\n${usage}`);
    process.exit(2);
  }
}

/** The files, one after the other. */
async function tested(): Promise<FuzzResult> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  let passed = 0;
  let failed = 0;
  for (const file of files) {
    const record = await runFile(root, file, fileTimeoutMs);
    console.log(fileLine(record));
    if (record.failures.length > 0) console.log(failuresText(record));
    passed += record.passed;
    failed += record.failures.length;
  }
  return { passed, failed };
}

async function fuzzed({ long, seed }: ReturnType<typeof options>): Promise<FuzzResult> {
  try {
    const result = await fuzz({ seed, seconds: long ? seconds.long : seconds.usual });
    if (result.failed > 0) console.log(`To see it again: npm run test:api -- --seed ${seed}`);
    return result;
  } catch (error) {
    console.log(`✖ ${error instanceof NoPython ? error.message : inspect(error)}`);
    return { passed: 0, failed: 1 };
  }
}

const chosen = options();
const results = [await tested(), await fuzzed(chosen)];
const sum = (of: keyof FuzzResult) => results.reduce((total, result) => total + result[of], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') === 0 ? 0 : 1;
