import { relative, resolve } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { type Call, defineCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';

type Tests = ReturnType<typeof run>;

export const command = defineCommand({
  usage: '[FILE]…',
  options: {},
  details:
    "Runs test files with Node's own test runner, on the Node that comes with Tandem. Without FILE: every *.test.ts\n" +
    'below the current folder. With --json: a line for each test, and how many have passed and failed as the last one.',
  async run(call) {
    const { cwd } = call.surroundings;
    const files = call.arguments.map((file) => resolve(cwd, file));
    const tests = run({
      cwd,
      concurrency: true,
      ...(files.length === 0 ? { globPatterns: ['**/*.test.{ts,mts,js,mjs}'] } : { files }),
    });
    const counts = await (call.json ? record(tests, call) : show(tests, call));
    return counts.passed > 0 && counts.failed === 0 ? exitCodes.ok : exitCodes.failed;
  },
});

interface Counts {
  passed: number;
  failed: number;
}

/** As Node shows tests. */
async function show(tests: Tests, { output }: Call): Promise<Counts> {
  const counts: Counts = { passed: 0, failed: 0 };
  tests.on('test:pass', () => counts.passed++);
  tests.on('test:fail', () => counts.failed++);
  for await (const text of tests.compose(spec)) output.text(String(text));
  if (counts.passed + counts.failed === 0)
    output.line('There are no tests here: they are files named *.test.ts.');
  return counts;
}

async function record(tests: Tests, { output, surroundings }: Call): Promise<Counts> {
  const counts: Counts = { passed: 0, failed: 0 };
  for await (const { type, data } of tests) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const passed = type === 'test:pass';
    counts[passed ? 'passed' : 'failed'] += 1;
    const { name, file, line, details } = data;
    const error = type === 'test:fail' ? { error: data.details.error.message } : {};
    const place = file === undefined ? {} : { file: relative(surroundings.cwd, file), line };
    output.record({ test: name, passed, ms: Math.round(details.duration_ms), ...place, ...error });
  }
  output.record({ tests: counts });
  return counts;
}
