import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TranscriptLine } from '../../../shared/protocol/transcripts.ts';
import { unpainted } from '../testing/unpainted.ts';
import { textOf } from './transcript.ts';

const at = '2026-11-28T09:30:00.000Z';

function said(line: Record<string, unknown>): string {
  return textOf({ seq: 1, at, by: 'run', ...line } as unknown as TranscriptLine, unpainted);
}

test('a line says when, who and what', () => {
  assert.equal(
    said({ type: 'request', operation: 3, kind: 'file.read', value: { path: 'a.txt' } }),
    `${at}  run         3 asks file.read {"path":"a.txt"}`,
  );
  assert.match(said({ type: 'answer', operation: 3, ok: true, value: 7 }), /3 is answered 7$/);
  assert.match(
    said({ type: 'answer', operation: 3, ok: false, error: { code: 'file.missing', message: 'No' } }),
    /3 fails: No \[file\.missing\]$/,
  );
  assert.match(
    said({ type: 'decision', operation: 3, decision: 'denied', reason: 'dear' }),
    /3 is denied: dear$/,
  );
  assert.match(
    said({ type: 'end', status: 'succeeded', valueUrl: 'http://x' }),
    /succeeded with http:\/\/x$/,
  );
});

test('what nobody knows yet is named, and nothing moves the cursor', () => {
  assert.match(said({ type: 'verdict' }), /verdict$/);
  assert.ok(!said({ type: 'signal', name: 'a', by: 'user:\u001b[2J', value: null }).includes('\u001b'));
});
