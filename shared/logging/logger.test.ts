import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchedLines } from './batched-lines.ts';
import { createLogger, type LogLevel } from './logger.ts';

function recorder(level: LogLevel = 'debug') {
  const lines: string[] = [];
  const log = createLogger({
    level,
    write: (line) => lines.push(line),
    now: () => 0,
    fields: { part: 'test' },
  });
  return { log, lines };
}

test('a line is one JSON object with time, level, message and fields', () => {
  const { log, lines } = recorder();
  log.info('listening', { port: 4400 });
  assert.deepEqual(
    lines.map((line) => JSON.parse(line)),
    [{ at: '1970-01-01T00:00:00.000Z', level: 'info', message: 'listening', part: 'test', port: 4400 }],
  );
  assert.ok(lines[0]?.endsWith('}\n'));
});

test('lines below the level are not written', () => {
  const { log, lines } = recorder('warn');
  log.debug('a');
  log.info('b');
  log.warn('c');
  log.error('d');
  assert.equal(lines.length, 2);
  assert.equal(log.enabled('info'), false);
  assert.equal(log.enabled('error'), true);
});

test('silent writes nothing', () => {
  const { log, lines } = recorder('silent');
  log.error('a');
  assert.deepEqual(lines, []);
});

test('an error is written with its stack and cause', () => {
  const { log, lines } = recorder();
  log.error('failed', { error: new Error('outer', { cause: new Error('inner') }) });
  const { error } = JSON.parse(lines[0] ?? '');
  assert.equal(error.message, 'outer');
  assert.match(error.stack, /logger\.test/);
  assert.equal(error.cause.message, 'inner');
});

test('an error that is many tells the first ten of them', () => {
  const { log, lines } = recorder();
  const many = Array.from({ length: 12 }, (_, index) => new Error(`number ${index}`));
  log.error('failed', { error: new AggregateError(many, '12 failed') });
  const { error } = JSON.parse(lines[0] ?? '');
  const told: { readonly message: string }[] = error.errors;
  assert.deepEqual([error.message, told.length, told[9]?.message], ['12 failed', 10, 'number 9']);
});

test('batched lines are written together, and at once when there are many', async () => {
  const written: string[] = [];
  const lines = batchedLines((text) => written.push(text));
  lines.write('a\n');
  lines.write('b\n');
  assert.deepEqual(written, []);
  await new Promise(setImmediate);
  assert.deepEqual(written, ['a\nb\n']);
  lines.write('x'.repeat(70_000));
  assert.equal(written.length, 2);
  lines.write('c\n');
  lines.flush();
  assert.equal(written.at(-1), 'c\n');
});
