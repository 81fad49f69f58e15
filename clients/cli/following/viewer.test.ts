import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Output } from '../terminal/output.ts';
import { remembering } from '../testing/remembering.ts';
import { TimelineViewer } from './viewer.ts';

test('a note is broken between words', () => {
  const screen = remembering({ columns: 20 });
  new TimelineViewer(new Output(screen)).note('The server is gone; the run is in its log');
  assert.equal(screen.text, 'The server is gone;\nthe run is in its\nlog\n');
});
