import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startGuest } from '../../shared/domain/program-bridge.ts';
import { type InMemoryProgram, inMemory } from './in-memory.ts';
import { OperationError } from './operation-error.ts';

/** Starts a program and lets its microtasks run. */
async function started(program: InMemoryProgram<{ n: number }>) {
  const guest = startGuest(inMemory(program), { input: '{"n":2}', seed: '', now: 5 });
  await rest();
  return guest;
}

const rest = () => new Promise(setImmediate);

test('a program is given its input and its operations', async () => {
  const guest = await started(async ({ n }, { file }) => file.write('a', String(n)));
  assert.deepEqual(guest.take(), ['file.write', '{"path":"a","content":"2"}']);
  guest.answer(1, 6, true, '{"path":"a","bytesWritten":1,"digest":""}');
  await rest();
  assert.deepEqual(guest.end(), { kind: 'finished', output: '{"path":"a","bytesWritten":1,"digest":""}' });
});

test('nothing as output is null', async () => {
  const guest = await started(() => undefined);
  assert.deepEqual(guest.end(), { kind: 'finished', output: 'null' });
});

test('the first end counts, and nothing is issued after it', async () => {
  const guest = await started(async (_input, { finish, log }) => {
    try {
      finish('first');
    } catch {
      void log('too late');
      return 'second';
    }
  });
  assert.deepEqual(guest.end(), { kind: 'finished', output: '"first"' });
  assert.deepEqual(guest.take(), []);
});

test('text that is not well-formed is refused before it is issued', async () => {
  const guest = await started(async (_input, { file }) => {
    await file.write('a', 'a backslash \\ud800 is fine, \u{1f600}, too');
    await file.write('a', 'but not \ud800').catch((error) => {
      assert.ok(error instanceof OperationError);
      assert.deepEqual([error.code, error.operation], ['operation.invalid', 0]);
    });
    return 'refused';
  });
  assert.equal(guest.take().length, 2);
  guest.answer(1, 6, true, 'null');
  await rest();
  assert.deepEqual(guest.take(), []);
  assert.deepEqual(guest.end(), { kind: 'finished', output: '"refused"' });
});

test('every operation is issued with its arguments', async () => {
  const guest = await started(async (_input, o) => {
    const all = [
      o.file.read('a', { encoding: 'base64' }),
      o.file.edit('a', { oldContent: 'x', newContent: 'y' }),
      o.file.delete('a'),
      o.file.list('src'),
      o.command.run('make', { timeoutMs: 1_000 }),
      o.artifact.add('a', { name: 'b' }),
      o.approval.request({ what: 'deploy' }),
      o.signal.wait('go', { timeoutMs: 5 }),
      o.agent.call('other', undefined, { version: '1.0.0' }),
      o.log.warn('careful', { n: 1 }),
      o.log('plain'),
      o.sleep(5),
      o.now(),
    ];
    await Promise.all(all);
  });
  const taken = guest.take();
  const issued = Array.from({ length: taken.length / 2 }, (_, at) => `${taken[2 * at]} ${taken[2 * at + 1]}`);
  assert.deepEqual(issued, [
    'file.read {"path":"a","encoding":"base64"}',
    'file.edit {"path":"a","edits":[{"oldContent":"x","newContent":"y"}]}',
    'file.delete {"path":"a"}',
    'file.list {"path":"src"}',
    'command.run {"command":"make","timeoutMs":1000}',
    'artifact.add {"path":"a","name":"b"}',
    'approval.request {"what":"deploy"}',
    'signal.wait {"name":"go","timeoutMs":5}',
    'agent.call {"agent":"other","input":null,"version":"1.0.0"}',
    'log {"message":"careful","level":"warn","data":{"n":1}}',
    'log {"message":"plain"}',
    'sleep {"ms":5}',
    'now {}',
  ]);
});

test('outside of a run operations explain themselves', async () => {
  const { file } = await import('./index.ts');
  await assert.rejects(file.read('a'), /inside a Tandem run/);
});
