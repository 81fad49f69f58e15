import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { SystemClock } from './system-clock.ts';

const start = Date.UTC(2026, 0, 1);
const day = 24 * 3_600_000;

function open(context: TestContext) {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: start });
  const fired: number[] = [];
  const clock = new SystemClock();
  return { clock, fired, note: () => fired.push(clock.now() - start), timers: context.mock.timers };
}

test('a timer fires once, at its time', (context) => {
  const { clock, fired, note, timers } = open(context);
  clock.at(start + 1_000, note);
  timers.tick(999);
  assert.deepEqual(fired, []);
  timers.tick(1);
  timers.tick(5_000);
  assert.deepEqual(fired, [1_000]);
});

test('a timer of the past fires soon, but never before its caller goes on', (context) => {
  const { clock, fired, note, timers } = open(context);
  clock.at(start - 1_000, note);
  assert.deepEqual(fired, []);
  timers.tick(1);
  assert.equal(fired.length, 1);
});

test('a timer may lie further off than a timer of Node reaches', (context) => {
  const { clock, fired, note, timers } = open(context);
  clock.at(start + 60 * day, note);
  for (let days = 0; days < 59; days += 1) timers.tick(day);
  assert.deepEqual(fired, []);
  timers.tick(day);
  assert.deepEqual(fired, [60 * day]);
});

test('a timer that is called off does not fire', (context) => {
  const { clock, fired, note, timers } = open(context);
  const callOff = clock.at(start + 60 * day, note);
  timers.tick(30 * day);
  callOff();
  timers.tick(60 * day);
  assert.deepEqual(fired, []);
});
