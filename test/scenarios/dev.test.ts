import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../../bin/tandem.mjs', import.meta.url));

/** A record of `dev --json`: an event of a run, or something with one key. */
type Said = Readonly<Record<string, unknown>> & {
  readonly type?: string;
  readonly published?: { readonly number: string; readonly fresh: boolean };
  readonly error?: { readonly code: string; readonly details?: { faults: { place: string }[] } };
  readonly cancelled?: { readonly run: string; readonly reason: string };
  readonly run?: { readonly output?: unknown; readonly status: string };
  readonly saved?: { readonly files: readonly string[] };
  readonly server?: { readonly pid: number; readonly started: boolean };
};

/** `tandem dev --json` in a folder of its own. */
class Dev {
  readonly folder = mkdtempSync(join(tmpdir(), 'tandem-dev-'));
  readonly exit: Promise<unknown>;
  readonly #process: ChildProcess;
  readonly #records: AsyncIterator<string>;

  constructor(t: TestContext, files: Readonly<Record<string, string>>, ...args: string[]) {
    for (const [name, text] of Object.entries(files)) this.save(name, text);
    this.#process = spawn(process.execPath, [launcher, 'dev', '--json', '--port', '0', ...args], {
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#records = createInterface({ input: this.#process.stdout as NodeJS.ReadableStream })[
      Symbol.asyncIterator
    ]();
    this.exit = once(this.#process, 'exit').then(([code]) => code as unknown);
    t.after(async () => {
      await this.end('SIGKILL');
      rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
    });
  }

  save(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  /** The next record that something is true of. */
  async next(wanted: (said: Said) => boolean): Promise<Said> {
    for (;;) {
      const { value, done } = await this.#records.next();
      if (done) throw new Error('dev has ended');
      const said = JSON.parse(value) as Said;
      if (wanted(said)) return said;
    }
  }

  /** Resolves with the exit code. */
  async end(signal: NodeJS.Signals): Promise<unknown> {
    this.#process.kill(signal);
    return await this.exit;
  }
}

const asking = `import { approval } from 'tandem';
import { question } from './question.ts';
export default async () => (await approval.request({ what: question })).decision;
`;

const answering = `export default async (input: { n: number }) => 2 * input.n;
`;

const ended = ({ run }: Said) => typeof run === 'object';

describe('dev', { concurrency: 2, timeout: 300_000 }, () => {
  it('runs again on every save of the program, of what it imports and of its input', async (t) => {
    const files = { 'agent.ts': answering, 'input.json': '{"n":1}' };
    const dev = new Dev(t, files);
    assert.deepEqual((await dev.next(({ server }) => server !== undefined)).server?.started, true);
    const first = await dev.next(({ published }) => published !== undefined);
    assert.deepEqual([first.published?.number, first.published?.fresh], ['1.0.0-dev.1', true]);
    assert.equal((await dev.next(ended)).run?.output, 2);

    dev.save('input.json', '{"n":20}');
    const saved = await dev.next(({ saved }) => saved !== undefined);
    assert.deepEqual(saved.saved?.files, [join(dev.folder, 'input.json')]);
    assert.equal((await dev.next(({ published }) => published !== undefined)).published?.fresh, false);
    assert.equal((await dev.next(ended)).run?.output, 40);

    dev.save('half.ts', 'export const half = (n: number) => n / 2;\n');
    dev.save(
      'agent.ts',
      `import { half } from './half.ts';\nexport default async ({ n }: { n: number }) => half(n);\n`,
    );
    assert.equal(
      (await dev.next(({ published }) => published !== undefined)).published?.number,
      '1.0.0-dev.2',
    );
    assert.equal((await dev.next(ended)).run?.output, 10);
    dev.save('half.ts', 'export const half = (n: number) => n / 2 + 0.5;\n');
    assert.equal((await dev.next(ended)).run?.output, 10.5);
    assert.equal(await dev.end('SIGINT'), 0);
  });

  it('says where a program is wrong and waits for the save that mends it, be it a file that is missing', async (t) => {
    const dev = new Dev(t, { 'agent.ts': 'export default () => {\n  const = 1;\n};\n' });
    const wrong = await dev.next(({ error }) => error !== undefined);
    assert.equal(wrong.error?.code, 'definition.invalid');
    assert.equal(wrong.error?.details?.faults[0]?.place, 'agent.ts:2:9');

    dev.save('agent.ts', asking);
    const missing = await dev.next(({ error }) => error !== undefined);
    assert.equal(missing.error?.details?.faults[0]?.place, 'agent.ts:2:26');
    dev.save('question.ts', `export const question = 'Go on?';\n`);
    await dev.next(({ type }) => type === 'approval.requested');
    assert.equal(await dev.end('SIGINT'), 0);
  });

  it('cancels a run that a save has overtaken, and the last one when it ends', async (t) => {
    const dev = new Dev(t, { 'agent.ts': asking, 'question.ts': `export const question = 'One?';\n` });
    const { run } = await dev.next(({ type }) => type === 'approval.requested');
    dev.save('question.ts', `export const question = 'Two?';\n`);
    const { cancelled } = await dev.next(({ cancelled }) => cancelled !== undefined);
    assert.deepEqual(cancelled, { run, reason: 'a newer version was saved' });

    const { run: second } = await dev.next(({ type }) => type === 'approval.requested');
    const over = dev.next(({ cancelled }) => cancelled !== undefined);
    const code = dev.end('SIGTERM');
    assert.deepEqual((await over).cancelled, { run: second, reason: 'dev was ended' });
    assert.equal(await code, 0);
  });

  it('does not start on what is typed wrong', async (t) => {
    const dev = new Dev(t, { 'agent.ts': answering }, '--input', '@absent.json');
    const { error } = await dev.next(({ error }) => error !== undefined);
    assert.equal(error?.code, 'usage');
    assert.equal(await dev.exit, 2);
  });
});
