import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { atOnce } from './pace.ts';
import type { Twin } from './twin.ts';

interface Result {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
  readonly changed: readonly string[];
  readonly read: readonly string[];
}

export function commands(twin: () => Twin): void {
  describe('commands', { concurrency: atOnce(4) }, () => {
    it('work on the files of the run, and what they change is kept', async () => {
      const result = await twin().outputOf<Result>(
        'commanding',
        {
          command: 'cat given.txt old.txt > new/both.txt; rm old.txt; printf out; printf err >&2',
          files: { 'old.txt': 'old', 'new/empty.txt': '' },
          read: ['new/both.txt', 'given.txt'],
        },
        { files: [{ path: 'given.txt', content: 'given ' }] },
      );
      assert.deepEqual(
        { ...result, changed: result.changed.toSorted() },
        {
          exitCode: 0,
          stdout: 'out',
          stderr: 'err',
          timedOut: false,
          changed: ['new/both.txt', 'old.txt'],
          read: ['given old', 'given '],
        },
      );
    });

    it('that fail are told by their exit code; what they changed is kept all the same', async () => {
      const input = { command: 'printf half > half.txt; exit 7', read: ['half.txt'] };
      const { exitCode, read } = await twin().outputOf<Result>('commanding', input);
      assert.deepEqual([exitCode, read], [7, ['half']]);
    });

    it('are stopped when their time is over', async () => {
      const input = { command: 'printf early; sleep 600', timeoutMs: 1_000 };
      const { timedOut, stdout } = await twin().outputOf<Result>('commanding', input);
      assert.deepEqual([timedOut, stdout], [true, 'early']);
    });

    it('may take longer than a function can', async () => {
      const input = { command: 'sleep 2; printf done', timeoutMs: 1_200_000 };
      const { run } = await twin().start('commanding', input);
      await twin().event(run, 'operation.started');
      const running = await (await twin().client()).getRun(run);
      assert.deepEqual([running.status, running.waitingFor], ['running', 'command']);
      assert.equal((await twin().output<Result>(run)).stdout, 'done');
    });

    it('are refused by their operation when their arguments cannot work', async () => {
      const refusal = await twin().outputOf('commanding', { command: 'true', timeoutMs: 1 });
      assert.deepEqual(refusal, { code: 'operation.invalid' });
    });
  });
}
