import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { Output } from '../terminal/output.ts';
import { remembering } from '../testing/remembering.ts';
import { readCsvInput } from './csv-input.ts';
import { approvalLines, firstRun } from './first-run.ts';

test('Ctrl-C before the run ends the command, and nothing is asked of the server', async () => {
  const screen = remembering();
  const call = {
    values: {},
    json: false,
    output: new Output(screen),
    interrupted: () => AbortSignal.abort(),
    connect: () => assert.fail('nothing is to be done any more'),
  } as unknown as Call;
  const server = { url: 'http://127.0.0.1:1', ours: true };
  const csv = await readCsvInput(undefined, '/');
  assert.equal(await firstRun(call, { server, csv }), exitCodes.interrupted);
  assert.equal(screen.text, 'Stopped before the run went on.\n');
});

test('an approval that waits while the server ends needs a server first', () => {
  const call = { values: { data: '/my data' } } as unknown as Call;
  assert.match(
    approvalLines(call, { url: '', ours: true }).join('\n'),
    /the server ends with this command.*\n {2}npx tandem up --data '\/my data'\n/,
  );
  assert.doesNotMatch(approvalLines(call, { url: '', ours: false }).join('\n'), /tandem up/);
});
