import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, describe, test } from 'node:test';
import { noSeeds } from '../dialect/draws.ts';
import { evaluate, evaluateSettled, settle, TestScope } from '../testing/scope.ts';
import type { Job } from './job.ts';
import { Threads } from './threads.ts';
import { closeJsonataThreads } from './workers.ts';

function job(source: string, values: object = {}): Job {
  return { source, values: JSON.stringify(values), now: 0, seeds: noSeeds };
}

const timeout = { kind: 'failed', why: ': Expression evaluation timeout: Check for infinite loop' };

describe('threads for expressions', () => {
  const threads = new Threads({ size: 2, deadlineMs: 10_000, memoryMb: 64 });
  const hurried = new Threads({ size: 2, deadlineMs: 100, memoryMb: 64 });
  after(async () => {
    await threads.close();
    await hurried.close();
    await closeJsonataThreads();
  });

  test('evaluate what is handed to them, and nothing but data', async () => {
    const values = JSON.parse('{"states": {"input": {"__proto__": 1, "t": "ab"}}}');
    const source = '[$states.input.`__proto__`, $match($states.input.t, /b/).index]';
    assert.deepEqual(await threads.evaluate(job(source, values)), { kind: 'value', value: [1, 1] });
    assert.deepEqual(await threads.evaluate(job('$f')), { kind: 'nothing' });
    assert.deepEqual(await threads.evaluate(job('[$sum]')), { kind: 'unsupported' });
  });

  test('are ended when a regular expression takes too long, and others take their place', async () => {
    const bomb = job(`$contains("${'a'.repeat(40)}b", /^(a+)+$/)`);
    const asked = [bomb, bomb, bomb, job('1')].map((one) => hurried.evaluate(one));
    assert.deepEqual(await Promise.all(asked), [timeout, timeout, timeout, { kind: 'value', value: 1 }]);
  });

  test('are ended when they hold too much', async () => {
    const source = '$map([1..800000], function($v) { $pad("", 6000000, $string($v)) })';
    const { why } = (await threads.evaluate(job(source))) as { readonly why: string };
    assert.match(why, /memory limit exceeded|timeout/);
    assert.deepEqual(await threads.evaluate(job('1')), { kind: 'value', value: 1 });
  });

  test('hold no more than the service lets an expression hold', async () => {
    const doubled = '($f := function($s, $n) { $n = 0 ? $s : $f($s & $s, $n - 1) }; $length($f("x", TIMES)))';
    const of = (times: number) => threads.evaluate(job(doubled.replace('TIMES', String(times))));
    assert.deepEqual(await of(22), { kind: 'value', value: 2 ** 22 });
    const why = ': Expression evaluation memory limit exceeded: Check for excessive memory usage';
    assert.deepEqual(await of(23), { kind: 'failed', why });
  });

  test('draw what would have been drawn here', async () => {
    const scope = new TestScope({}, {}, 0.5);
    const here = evaluate('[$random(), $uuid(), $random()]', scope);
    const there = await evaluateSettled('($contains("a", /a/); [$random(), $uuid(), $random()])', scope);
    assert.deepEqual(there, here);
  });

  test('come to the same as the expression would here', async () => {
    const long = '$sum($map([1..20000], function($v) { $v % 7 }))';
    let evaluations = 0;
    const sum = await settle((scope) => {
      evaluations += 1;
      return evaluate(long, scope);
    });
    assert.deepEqual([sum, evaluations], [59_998, 2]);
  });

  test('answer nobody when they are closed under way', async () => {
    const closing = new Threads({ size: 1, deadlineMs: 10_000, memoryMb: 64 });
    const asked = [job('1'), job('2')].map((one) => closing.evaluate(one));
    await closing.close();
    assert.deepEqual(await Promise.all(asked), [timeout, timeout]);
  });

  test('keep no process alive', () => {
    const script = `
      import { evaluateElsewhere } from ${JSON.stringify(new URL('./workers.ts', import.meta.url).href)};
      const job = { source: '1', values: '{}', now: 0, seeds: { random: 0, uuid: '' } };
      console.log(JSON.stringify(await evaluateElsewhere(job)));`;
    const ran = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    assert.deepEqual([ran.status, ran.stdout.trim()], [0, '{"kind":"value","value":1}'], ran.stderr);
  });
});
