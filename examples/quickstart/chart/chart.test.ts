import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readTable } from '../csv/read-table.ts';
import { reportOf } from '../report/report.ts';
import { summarise } from '../summary/summary.ts';
import { chartOf } from './chart.ts';
import { scaleOf } from './scale.ts';

const tag = /<(\/?)(\w+)(?:\s[\w:-]+="[^"<]*")*(\/?)>/g;

const bell = String.fromCharCode(7);

/** Throws unless every tag is closed, in order, and nothing is left that XML does not take. */
function assertWellFormed(markup: string): void {
  const open: string[] = [];
  for (const [, closing, name = '', empty] of markup.matchAll(tag)) {
    if (closing) assert.equal(open.pop(), name);
    else if (!empty) open.push(name);
  }
  assert.deepEqual(open, []);
  assert.doesNotMatch(markup.replace(tag, ''), /<|&(?!amp;|lt;|gt;|quot;)/);
  assert.ok(!markup.includes(bell));
}

const documentsOf = (text: string) => {
  const table = readTable(text);
  const summary = summarise(table);
  return {
    chart: chartOf(summary, 'rows.csv'),
    report: reportOf(summary, { file: 'rows.csv', table, recount: 'the same.' }),
  };
};

const samples: Record<string, string> = {
  'time and groups': 'day,team,sales\n2026-01-01,N,1\n2026-02-01,S,2\n2026-03-01,N,3\n2026-04-01,S,4\n',
  'time alone': 'day,sales\n2026-01-01,1\n2026-02-01,2\n',
  'groups alone': 'team,sales\nN,1\nS,2\nN,3\nS,-4\n',
  'numbers alone': '5\n7\n9\n12\n1\n',
  'one value': 'x\n5\n5\n5\n',
  'words alone': 'name\nAnna\nBen\nAnna\n',
  'huge numbers': 'x;y\n1e300;1,5\n1e308;2,5\n1.7e308;3,25\n',
  'control characters': `x,team\n1,N${bell}\n2,S\n3,N${bell}\n`,
  'names from hell': '"<a>&""b""",team\n1,<script>\n2,"]]>&amp;"\n3,<script>\n',
};

for (const [name, text] of Object.entries(samples)) {
  test(`${name}: a well-formed, labelled picture and a report`, () => {
    const { chart, report } = documentsOf(text);
    assertWellFormed(chart);
    assert.match(chart, /<svg [^>]*viewBox="0 0 1040 \d+" [^>]*style="max-width: 100%; height: auto"/);
    assert.match(chart, /<svg [^>]*role="img" aria-labelledby="title description">/);
    assert.match(chart, /<title id="title">.+<\/title>\s*<desc id="description">.+<\/desc>/s);
    assert.doesNotMatch(chart, /NaN|Infinity|undefined/);
    assert.match(report, /^# .+\n\n\*\*.+\*\*\n/);
    assert.doesNotMatch(report, /NaN|Infinity|undefined|<script>/);
  });
}

test('any table gives a picture', () => {
  const cell = fc.oneof(
    fc.string(),
    fc.double().map(String),
    fc.constantFrom('2026-01-01', '2026-05-05', 'N', 'S', ''),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 12 }), (rows) => {
      const quoted = rows.map((cells) => cells.map((value) => `"${value.replaceAll('"', '""')}"`).join(','));
      const { chart } = documentsOf(`a,b,c\n${quoted.join('\n')}`);
      assertWellFormed(chart);
      assert.doesNotMatch(chart, /="(?:NaN|-?Infinity)"/);
    }),
  );
});

test('an axis ends at round numbers and holds every value and zero', () => {
  assert.deepEqual(scaleOf([3, 7.6]).ticks, [0, 2, 4, 6, 8]);
  assert.deepEqual(scaleOf([-30, 70]).ticks, [-40, -20, 0, 20, 40, 60, 80]);
  assert.ok(scaleOf([0]).ticks.length > 1);
});
