import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Json } from '../../shared/domain/json.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { ChildLost } from './child-lost.ts';
import { Guardian } from './guardian.ts';
import { ProgramChild } from './program-child.ts';

const timeoutMs = 10_000;

/** A clock whose one timer fires when the test says so. */
class HandClock implements Clock {
  #time = 1_000_000;
  #callback: (() => void) | undefined;

  now(): number {
    return this.#time;
  }

  at(_: number, callback: () => void): () => void {
    this.#callback = callback;
    return () => {};
  }

  /** Goes on by so many milliseconds and fires. */
  fireAfter(ms: number): void {
    this.#time += ms;
    this.#callback?.();
  }
}

/** A child that executes `code`. */
function openChild(context: TestContext, code: string) {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-child-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const runner = join(folder, 'runner.cjs');
  writeFileSync(runner, code);
  const guardian = new Guardian();
  const clock = new HandClock();
  const child = new ProgramChild({ runner: { file: runner }, folder, guardian, clock, timeoutMs });
  context.after(async () => {
    await child.stop();
    guardian.close();
  });
  return { clock, child };
}

/** A question to a child that says nothing. */
function askSilentChild(context: TestContext) {
  const { clock, child } = openChild(context, 'process.stdin.resume();');
  const lost = child.ask({ type: 'forget', run: 'run_1' }).then(
    () => undefined,
    (error: unknown) => error,
  );
  return { clock, child, lost };
}

test('a child that says nothing is killed when its time is over', async (context) => {
  const { clock, child, lost } = askSilentChild(context);
  clock.fireAfter(timeoutMs);
  const error = await lost;
  assert.ok(error instanceof ChildLost);
  assert.deepEqual([error.reason, child.lost], ['unresponsive', true]);
});

test('a stall of the server is not held against the child', async (context) => {
  const { clock, child, lost } = askSilentChild(context);
  clock.fireAfter(timeoutMs + 60_000);
  assert.equal(child.lost, false);
  clock.fireAfter(timeoutMs);
  assert.equal(((await lost) as ChildLost).reason, 'unresponsive');
});

/** Answers every line with an idle turn of the run that `run` makes of its message. */
const echo = (run: string) => `
  require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
    const message = JSON.parse(line);
    console.log(JSON.stringify({ type: 'idle', run: ${run}, requests: [] }));
  });`;

test('a message that cannot be put into words leaves nobody waiting', async (context) => {
  const { child } = openChild(context, echo('message.run'));
  const loop: Json[] = [];
  loop.push(loop);
  const begin = { type: 'begin', run: 'run_1', seed: '', createdAt: '', input: loop, answers: [] } as const;
  await assert.rejects(child.ask(begin), TypeError);
  assert.equal(child.idle, true);
  const turn = await child.ask({ type: 'answer', run: 'run_2', answers: [] });
  assert.deepEqual(turn, { type: 'idle', run: 'run_2', requests: [] });
});

test('an answer about another run is not believed', async (context) => {
  const { child } = openChild(context, echo("'run_2'"));
  const asked = child.ask({ type: 'answer', run: 'run_1', answers: [] });
  await assert.rejects(asked, { reason: 'died', awaited: 1 });
  assert.equal(child.lost, true);
});
