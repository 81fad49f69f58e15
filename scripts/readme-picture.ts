import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../bin/tandem.mjs', import.meta.url));

/** The block of a README that begins with the server's line. */
const block = /(?<=```\n)Server {3}http[\s\S]*?(?=```)/;

/** The picture of a README. Throws when it has none. */
export function pictureIn(readme: string): string {
  const [picture] = block.exec(readme) ?? [];
  if (picture === undefined) throw new Error('The README has no picture');
  return picture;
}

/** The README with another picture. */
export const withPicture = (readme: string, picture: string): string => readme.replace(block, () => picture);

/**
 * What `npm start` shows of a first run: the real quickstart, whose server is ended by SIGKILL while the run waits for a
 * person, and goes on. Somebody approves from another terminal; at one of its own the quickstart would have asked.
 * `port`: where nobody else listens in the moment between two servers; default: the quickstart's own.
 */
export async function takePicture(port?: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-picture-'));
  const quickstart = tandem(folder, 'quickstart', ...(port === undefined ? [] : ['--port', String(port)]));
  const ended = new Promise((resolve) => quickstart.once('close', resolve));
  try {
    const screen = new Screen(quickstart);
    const [, pid] = await screen.until(/process (\d+)/);
    const [, approval = ''] = await screen.until(/tandem approve (apr_\w+)/);
    process.kill(Number(pid), 'SIGKILL');
    await screen.until(/The server is back/);
    await new Screen(tandem(folder, 'approve', approval)).until(/Approved/);
    await screen.until(/run\.succeeded.*\n/);
    return screen.picture;
  } finally {
    quickstart.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function tandem(folder: string, ...words: string[]): ChildProcess {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, TANDEM_DATA: join(folder, '.tandem') };
  return spawn(process.execPath, [launcher, ...words], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** What a process has shown so far. */
class Screen {
  #shown = '';
  #changed = Promise.withResolvers<void>();

  constructor(process: ChildProcess) {
    process.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#shown += text;
      this.#changed.resolve();
      this.#changed = Promise.withResolvers();
    });
    process.once('close', () => {
      this.#changed.promise.catch(() => {});
      this.#changed.reject(new Error(`It ended, and has shown:\n${this.#shown}`));
    });
  }

  /** Waits until something is shown. */
  async until(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.#shown);
      if (found) return found;
      await this.#changed.promise;
    }
  }

  /** From the server's line to the end of the run, without what only a pipe is told. */
  get picture(): string {
    const [shown = ''] = /Server {3}http[\s\S]*run\.succeeded.*\n/.exec(this.#shown) ?? [];
    return shown.replace(/^(Approve|or deny) with: .*\n/gm, '');
  }
}
