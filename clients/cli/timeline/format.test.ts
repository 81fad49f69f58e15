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

const everything = {
  at: 59_990,
  operation: 123,
  kind: 'approval.request',
  what: 'Publish the report on 897 rows of orders.csv',
  verdict: 'approved by somebody with a long name',
  mood: 'done',
  tookMs: 185_000,
  changes: [{ sign: '+', path: 'a/very/long/path/'.repeat(9) }],
  details: [{ label: 'impact', text: 'report.md and chart.svg become artefacts of this run '.repeat(3) }],
} as const;

test('nothing is wider than the screen, from 48 columns on', () => {
  for (let columns = 48; columns <= 120; columns++) {
    const look = { ...plain, columns };
    const note = { at: 0, kind: 'run.created', what: everything.what.repeat(3), mood: 'note' } as const;
    for (const line of [
      formatTitles(look),
      ...[everything, note].flatMap((entry) => formatEntry(entry, look)),
    ])
      assert.ok(line.length <= columns, `${columns}: ${line}`);
  }
});

test('what happened takes the place of columns that stay empty', () => {
  const what = 'csv-report 1.0.0, by somebody';
  const [line] = formatEntry({ at: 0, kind: 'run.created', what, mood: 'note' }, { ...plain, columns: 80 });
  assert.ok(line?.endsWith(what), line);
});

test('80 columns have room for everything, 60 for what matters', () => {
  const shown = (columns: number) => {
    const look = { ...plain, columns };
    const entry = { ...everything, verdict: 'approved by cli', changes: [], details: [] };
    return [formatTitles(look), ...formatEntry(entry, look)];
  };
  assert.deepEqual(shown(80), [
    '    time   # operation        what                   verdict                took',
    ' 59.99 s 123 approval.request Publish the report on… approved by cli    3 m 05 s',
  ]);
  assert.deepEqual(shown(60), [
    '    time operation        what                   verdict',
    ' 59.99 s approval.request Publish the report on… approved',
  ]);
});
