import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** How long a command may take, in milliseconds. */
const patienceMs = 90_000;

const everyMs = 50;

export interface Typed {
  /** Of the last command that failed; 0 when none has. */
  readonly code: number;
  /** Both streams, as a terminal shows them. */
  readonly printed: string;
}

/** A shell that somebody types in: where they are and what they have set stays from one command to the next. */
export class Shell {
  readonly #bash: ChildProcess;
  readonly #folder: string;
  #said = '';
  #ended = false;
  /** What the second terminal prints to, and how much of that has been read. */
  #second: { readonly file: string; read: number } | undefined;

  /** `folder`: for what runs in the background to print to. */
  constructor(cwd: string, folder: string) {
    this.#folder = folder;
    this.#bash = spawn('bash', ['--noprofile', '--norc'], { cwd, env: environment(), detached: true });
    for (const stream of [this.#bash.stdout, this.#bash.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#said += text));
    this.#bash.once('close', () => {
      this.#ended = true;
    });
    this.#bash.stdin?.write('exec 2>&1\n');
  }

  /** Types a command and waits for its end. */
  async type(script: string): Promise<Typed> {
    const mark = randomUUID();
    this.#said = '';
    this.#bash.stdin?.write(
      `failed=0; trap 'failed=$?' ERR\n{\n${script}\n} </dev/null\nprintf '\\n%s %d\\n' ${mark} $failed\n`,
    );
    const end = new RegExp(`\\n${mark} (\\d+)\\n`);
    await this.#until(
      () => end.test(this.#said),
      () => this.#said,
    );
    const [, code] = end.exec(this.#said) ?? [];
    return { code: Number(code), printed: this.#said.replace(end, '') };
  }

  /** Types a command in a second terminal, and waits until what it has printed is as it should be. */
  async start(script: string, isThere: (printed: string) => boolean): Promise<void> {
    const file = join(this.#folder, `${randomUUID()}.txt`);
    // Looked at before the background has come to open it.
    writeFileSync(file, '');
    await this.type(`(\n${script}\n) >'${file}' 2>&1 &`);
    this.#second = { file, read: 0 };
    await this.goesOn(isThere);
  }

  /** Waits until what the second terminal has printed since the last time is as it should be. */
  async goesOn(isThere: (printed: string) => boolean): Promise<void> {
    const second = this.#second;
    if (second === undefined) throw new Error('Nothing runs in a second terminal');
    const printed = () => readFileSync(second.file, 'utf8').slice(second.read);
    await this.#until(() => isThere(printed()), printed);
    second.read += printed().length;
  }

  /** Ends the shell and all that was started in it. */
  async close(): Promise<void> {
    if (this.#ended) return;
    const closed = new Promise((resolve) => this.#bash.once('close', resolve));
    process.kill(-(this.#bash.pid ?? 0), 'SIGTERM');
    const killing = setTimeout(() => process.kill(-(this.#bash.pid ?? 0), 'SIGKILL'), 10_000);
    await closed;
    clearTimeout(killing);
  }

  async #until(holds: () => boolean, printed: () => string): Promise<void> {
    const began = performance.now();
    while (!holds()) {
      if (this.#ended || performance.now() - began > patienceMs) throw new Error(`It printed:\n${printed()}`);
      await pause(everyMs);
    }
  }
}

/** As a reader has it: nothing of npm, the test runner or another Tandem around us. */
function environment(): NodeJS.ProcessEnv {
  const ours = /^(npm_|TANDEM_|NODE_)|^(FORCE_COLOR|INIT_CWD)$/i;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
  return { ...env, NO_COLOR: '1' };
}
