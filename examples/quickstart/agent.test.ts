import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type CommandSpace, testRun } from 'tandem/testing';

const agent = new URL('./agent.ts', import.meta.url);

/** Runs the program that the agent has written, as a server would. */
function recount(space: CommandSpace): void {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-recount-'));
  try {
    for (const name of ['recount.mjs', 'clean.csv'])
      writeFileSync(join(folder, name), space.read(name) ?? '');
    execFileSync(process.execPath, space.command.split(' ').slice(1), { cwd: folder });
    space.write('recount.json', readFileSync(join(folder, 'recount.json'), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function reportOn(text: string, { name = 'rows.csv', column = 1, script = recount } = {}) {
  const run = await testRun(agent, {
    files: { [name]: text },
    input: { file: name },
    commands: { [`node recount.mjs clean.csv ${column}`]: script },
    approvals: () => 'approved',
  });
  const asked = (kind: string) => run.operations.filter((operation) => operation.kind === kind);
  return {
    run,
    report: run.files.get('report.md') ?? '',
    logs: asked('log'),
    approval: asked('approval.request')[0],
  };
}

const told = (operation: unknown): string => JSON.stringify(operation);

test('a sum at the edge of two roundings is the same number for the agent and for the recount', async () => {
  const lines = Array.from({ length: 50_000 }, (_, index) => `${index},${((index * 7919) % 10_007) / 100}`);
  const paid = lines.reduce((sum, line) => sum + Math.round(Number(line.split(',')[1]) * 100), 0);
  const missing = (50 - (paid % 100) + 100) % 100;
  const { report } = await reportOn(
    `id,amount\n${lines.join('\n')}\n50000,0.${String(missing).padStart(2, '0')}\n`,
  );
  const sum = Math.ceil((paid + missing) / 100).toLocaleString('en');
  assert.match(report, new RegExp(`Amount: ${sum} in 50,001 rows`));
  assert.match(report, new RegExp(`counted 50,001 rows and ${sum}: the same\\.`));
});

test('numbers of every size are counted alike', async () => {
  for (const values of ['0.1\n0.2\n-0.3', '1e300\n-2.5e-7\n12', '-0.05\n0.01\n0', '1.5e308\n1.7e308\n1']) {
    const { report } = await reportOn(`amount\n${values}\n`, { column: 0 });
    assert.match(report, /: the same\./, values);
  }
});

test('what differs is told in full, on both sides', async () => {
  const script = (space: CommandSpace) =>
    space.write('recount.json', '{"rows":3,"values":2,"sum":"1999.99"}');
  const { report } = await reportOn('id,amount\na,1000\nb,500\nc,500\n', { script });
  assert.match(
    report,
    /counted 3 rows, 2 with a value, and a sum of 1,999\.99, but this report says 3 rows, 3 with a value, and a sum of 2,000\./,
  );
});

test('rows that were read are those that were used and those that were set aside, wherever they are told', async () => {
  const rows = Array.from({ length: 40 }, (_, index) => `a${index},2026-01-01,${index}`).join('\n');
  const { run, report, logs, approval } = await reportOn(
    `id,day,amount\n${rows}\nb,2026-01-01\nc,2026-01-01,three\n`,
    { column: 2 },
  );
  assert.match(told(logs[0]), /"42 rows, 3 columns: /);
  assert.match(told(logs[1]), /"2 of 42 rows set aside"/);
  assert.match(told(approval), /on 40 rows of rows\.csv.* 2 of 42 rows set aside\. /);
  assert.match(report, /^- 42 rows read: 40 used, 2 set aside\.$/m);
  assert.match(report, /^## 2 of 42 rows set aside$/m);
  assert.match(run.files.get('chart.svg') ?? '', / · 2 of 42 rows set aside</);
});

test('what is one is told as one', async () => {
  const { report, logs } = await reportOn('amount\n1\n2\n', { column: 0 });
  assert.match(told(logs[0]), /"2 rows, 1 column: amount"/);
  assert.match(told(logs[1]), /"None of 2 rows set aside"/);
  assert.match(report, /`rows\.csv`, 1 column\.$/m);
});

test('a large file comes to rest, and says so, before each part of the work', async () => {
  const rows = Array.from({ length: 60_000 }, (_, index) => `A-${index},2026-01-01,${index % 900}.25`);
  const { logs } = await reportOn(`id,day,amount\n${rows.join('\n')}\n`, { column: 2 });
  const parts = [
    /Reads [\d,]+ characters/,
    /60,000 rows, 3 columns/,
    /Checks 180,000 cells/,
    /None of 60,000 rows/,
  ];
  assert.equal(logs.length, parts.length);
  for (const [index, part] of parts.entries()) assert.match(told(logs[index]), part);
});

test('what is no CSV file fails, and says why; what is empty is nothing to report', async () => {
  const failed = await reportOn('%PDF-1.7\n…', { name: 'bill.pdf' });
  assert.equal(failed.run.status, 'failed');
  assert.match(told(failed.run.error), /bill\.pdf is no CSV file: it holds a PDF document\./);
  const { run } = await reportOn('id,amount\n');
  assert.deepEqual(run.output, {
    summary: 'Nothing to report on rows.csv: it has no rows.',
    published: false,
    rows: 0,
    dirty: 0,
  });
});
