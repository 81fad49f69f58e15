import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { ApiError, unreachable } from '../sdk/api-error.ts';
import { problemLines, problemOf } from './problem.ts';
import { unpainted } from './testing/unpainted.ts';
import { UsageError } from './usage-error.ts';

const refused = (code: string, message: string, details: Record<string, unknown> = {}) =>
  new ApiError({ code, message, status: 404, retryable: false, remedy: 'Check the id.', details });

const linesOf = (error: unknown, verb?: string) => problemLines(problemOf(error, verb), { paint: unpainted });

test('a mistake names the help of its command', () => {
  assert.deepEqual(linesOf(new UsageError('RUN is missing'), 'pause'), [
    'tandem: RUN is missing.',
    'See `npx tandem help pause`. [usage]',
  ]);
  assert.equal(problemOf(new UsageError('x')).remedy, 'See `npx tandem help`.');
  assert.equal(problemOf(new UsageError('x')).exit, 2);
});

test('an error that nobody expected is one sentence, without a stack', () => {
  const lines = linesOf(Object.assign(new Error('EMFILE: too many open files\n  at x'), { code: 'EMFILE' }));
  assert.equal(lines[0], 'tandem: The command line cannot go on: EMFILE: too many open files.');
  assert.match(lines[1] ?? '', /TANDEM_LOG_LEVEL=debug.*\[internal\]$/);
  assert.equal(lines.length, 2);
  assert.equal(problemOf(undefined).code, 'internal');
});

test('what is not there can be listed', () => {
  const remedyOf = (details: Record<string, unknown>, verb?: string) =>
    problemOf(refused('resource.not-found', 'There is none', details), verb).remedy;
  assert.equal(remedyOf({ agent: 'x' }), '`npx tandem agents` lists them.');
  assert.equal(remedyOf({}, 'agents'), '`npx tandem agents` lists them.');
  assert.equal(remedyOf({ run: 'x' }), '`npx tandem runs` lists them.');
  assert.equal(remedyOf({ approval: 'x' }), '`npx tandem approvals --all` lists them.');
  assert.equal(remedyOf({}), 'Check the id.');
});

test('a run that has ended says how', () => {
  const [line] = linesOf(refused('run.ended', 'The run has already ended', { status: 'cancelled' }));
  assert.equal(line, 'tandem: The run has already ended: it was cancelled.');
});

test('no server has an exit code of its own', () => {
  assert.equal(problemOf(unreachable('No server runs on /d')).exit, 3);
});

test('a code is never broken in two', () => {
  const problem = problemOf(new TandemError('run.ended', { message: 'It has ended' }));
  const wide = problemLines(problem, { paint: unpainted, columns: 80 });
  const narrow = problemLines(problem, { paint: unpainted, columns: 30 });
  assert.equal(wide.at(-1), 'Start a new run. [run.ended]');
  assert.deepEqual(problemLines(problem, { paint: unpainted, columns: 20 }).slice(-2), [
    'Start a new run.',
    '[run.ended]',
  ]);
  assert.deepEqual(narrow, wide);
});
