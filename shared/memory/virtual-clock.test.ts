import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualClock } from './virtual-clock.ts';

function clockWithDiary() {
  const clock = new VirtualClock(0);
  const diary: string[] = [];
  const note = (name: string) => () => diary.push(`${name} at ${clock.now()}`);
  return { clock, diary, note };
}

test('timers fire in the order of time, then of insertion, each at its time', () => {
  const { clock, diary, note } = clockWithDiary();
  clock.at(20, note('c'));
  clock.at(10, note('a'));
  clock.at(10, note('b'));
  clock.at(31, note('d'));
  clock.advance(30);
  assert.deepEqual(diary, ['a at 10', 'b at 10', 'c at 20']);
  assert.equal(clock.now(), 30);
});

test('a timer set by a timer fires in the same move', () => {
  const { clock, diary, note } = clockWithDiary();
  clock.at(10, () => clock.at(15, note('inner')));
  clock.advance(20);
  assert.deepEqual(diary, ['inner at 15']);
});

test('a timer that is called off does not fire', () => {
  const { clock, diary, note } = clockWithDiary();
  const callOff = clock.at(10, note('a'));
  callOff();
  callOff();
  clock.advance(20);
  assert.deepEqual(diary, []);
});

test('a timer of the past waits for the next move and moves nothing back', () => {
  const { clock, diary, note } = clockWithDiary();
  clock.advance(50);
  clock.at(10, note('late'));
  assert.deepEqual(diary, []);
  assert.equal(clock.advanceToNext(), true);
  assert.deepEqual(diary, ['late at 50']);
});

test('going from timer to timer ends when there is none', () => {
  const { clock, diary, note } = clockWithDiary();
  clock.at(5, note('a'));
  clock.at(9, note('b'));
  while (clock.advanceToNext());
  assert.deepEqual(diary, ['a at 5', 'b at 9']);
  assert.equal(clock.now(), 9);
});
