import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unpainted } from '../testing/unpainted.ts';
import { formatEntry, formatTitles } from './format.ts';

const plain = { paint: unpainted, columns: 100 };

test('entries are aligned under their titles', () => {
  const lines = [
    formatTitles(plain),
    ...formatEntry(
      {
        at: 1_230,
        operation: 7,
        kind: 'command.run',
        what: 'node a.mjs → exit 0',
        verdict: 'allowed',
        mood: 'done',
        tookMs: 97,
      },
      plain,
    ),
  ];
  assert.deepEqual(lines, [
    '     time     #  operation         what                                verdict                  took',
    '   1.23 s     7  command.run       node a.mjs → exit 0                 allowed                 97 ms',
  ]);
});

test('a long subject is cut, long details are wrapped, nothing is wider than the screen', () => {
  const words = 'word '.repeat(60).trim();
  const lines = formatEntry(
    {
      at: 0,
      kind: 'approval.request',
      what: words,
      mood: 'waiting',
      details: [{ label: 'why', text: words }],
    },
    plain,
  );
  assert.ok(lines.length > 3);
  assert.ok(lines.every(({ length }) => length <= 100));
  assert.match(lines[0] as string, /word…|wor…|…/);
});

test('a change of one file stands in its line, others below', () => {
  const file = { at: 0, operation: 1, kind: 'file.write', what: 'a → 1 B', mood: 'done' } as const;
  assert.match(
    formatEntry({ ...file, changes: [{ sign: '+', path: 'a' }] }, plain)[0] as string,
    /\+ a → 1 B/,
  );
  const changes = Array.from({ length: 10 }, (_, index) => ({ sign: '~', path: `f${index}` }) as const);
  const lines = formatEntry({ ...file, kind: 'command.run', changes }, plain);
  assert.equal(lines.length, 10);
  assert.match(lines.at(-1) as string, /and 2 more/);
});
