import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordedDate } from './date.ts';

const now = Date.UTC(2030, 5, 1, 12);
const Recorded = recordedDate(Date, () => now);

test('without arguments a date is the time of the record', () => {
  assert.equal(Recorded.now(), now);
  assert.equal(new Recorded().getTime(), now);
  assert.equal(Recorded(), new Date(now).toString());
});

test('with arguments a date is what it always was', () => {
  assert.equal(new Recorded(5).getTime(), 5);
  assert.equal(new Recorded(2020, 1, 2).getTime(), new Date(2020, 1, 2).getTime());
  assert.equal(new Recorded('2020-01-01').toISOString(), '2020-01-01T00:00:00.000Z');
  assert.equal(Recorded.UTC(2020, 0), Date.UTC(2020, 0));
  assert.equal(Recorded.parse('2020-01-01'), Date.parse('2020-01-01'));
  assert.deepEqual([Recorded.name, Recorded.length], ['Date', 7]);
});

test('dates are instances of both, and can be extended', () => {
  class Moment extends Recorded {
    get year() {
      return this.getUTCFullYear();
    }
  }
  assert.ok(new Recorded() instanceof Date);
  assert.ok(new Date() instanceof Recorded);
  assert.equal(new Moment().year, 2030);
});
