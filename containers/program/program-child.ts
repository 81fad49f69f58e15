import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { Clock } from '../../shared/ports/clock.ts';
import { type HostMessage, type ProgramMessage, programMessage } from '../../shared/protocol/program.ts';
import { longestReply } from '../../shared/protocol/program-function.ts';
import { ChildLost } from './child-lost.ts';
import type { Guardian } from './guardian.ts';

/** What a child executes: a file of JavaScript, which is all that it may read. */
export interface Runner {
  readonly file: string;
  /** A folder that the file loads others from. */
  readonly folder?: string;
  readonly args?: readonly string[];
}

export interface ChildOptions {
  readonly runner: Runner;
  /** An empty folder. */
  readonly folder: string;
  readonly guardian: Guardian;
  readonly clock: Clock;
  /** Milliseconds without an answer after which the child is killed. */
  readonly timeoutMs: number;
}

/**
 * A small young generation keeps an idle child small; programs that need more memory than this are better off as
 * commands. The permissions are no boundary, but cost nothing: nothing may be read but the runner.
 */
const flags = ({ file, folder }: Runner): readonly string[] => [
  '--max-semi-space-size=16',
  '--max-old-space-size=512',
  '--permission',
  `--allow-fs-read=${file}`,
  ...(folder === undefined ? [] : [`--allow-fs-read=${folder}/*`]),
];

/** A timer that fires so many milliseconds late was held up: this process or the whole machine stood still. */
const stallMs = 1_000;

interface Waiting {
  /** The run that was asked about; none when the bundle was loaded. */
  readonly run: string | undefined;
  readonly resolve: (message: ProgramMessage) => void;
  readonly reject: (error: ChildLost) => void;
}

/** A process that runs programs, and the conversation with it. */
export class ProgramChild {
  readonly exited: Promise<void>;
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #options: ChildOptions;
  readonly #waiting: Waiting[] = [];
  #unsent = '';
  #unread = '';
  #lost: ChildLost | undefined;
  #heardAt = 0;
  #stopWatch: (() => void) | undefined;

  constructor(options: ChildOptions) {
    this.#options = options;
    const { runner, folder, guardian } = options;
    // In a session of its own: an interrupt from the keyboard is for the server, which then stops its children.
    const detached = process.platform !== 'win32';
    const args = [...flags(runner), runner.file, ...(runner.args ?? [])];
    this.#process = spawn(process.execPath, args, { cwd: folder, env: {}, detached });
    guardian.watch(this.#process);
    this.exited = new Promise((resolve) => {
      this.#process.once('close', () => resolve());
      this.#process.once('error', () => resolve());
    });
    this.#process.once('close', (code, signal) =>
      this.#lose('died', `it ended with ${signal ?? `code ${code}`}`),
    );
    this.#process.once('error', (error) => this.#lose('died', error.message));
    this.#process.stdin.on('error', () => {});
    this.#process.stderr.resume();
    this.#process.stdout.setEncoding('utf8').on('data', (text: string) => this.#read(text));
  }

  /** Whether nothing is awaited. */
  get idle(): boolean {
    return this.#waiting.length === 0;
  }

  get lost(): boolean {
    return this.#lost !== undefined;
  }

  /** Sends a message and waits for its answer; throws {@link ChildLost}. */
  ask(message: HostMessage): Promise<ProgramMessage> {
    if (this.#lost) return Promise.reject(this.#lost);
    return new Promise((resolve, reject) => {
      // First, as it throws when a message cannot be put into words: then nothing is awaited.
      this.tell(message);
      if (this.idle) this.#heardAt = this.#options.clock.now();
      this.#waiting.push({ run: runIn(message), resolve, reject });
      this.#watch();
    });
  }

  /** Sends a message; those of one tick go out together. */
  tell(message: HostMessage): void {
    if (this.#lost) return;
    const line = `${JSON.stringify(message)}\n`;
    if (this.#unsent === '') process.nextTick(() => this.#flush());
    this.#unsent += line;
  }

  /** Lets it end by itself, or kills it when an answer is awaited. */
  async stop(): Promise<void> {
    if (!this.idle) this.#kill('closed', 'the server is stopping');
    this.#process.stdin.end();
    await this.exited;
  }

  #flush(): void {
    if (!this.#lost) this.#process.stdin.write(this.#unsent);
    this.#unsent = '';
  }

  #read(text: string): void {
    const end = text.lastIndexOf('\n');
    const lines = end < 0 ? [] : (this.#unread + text.slice(0, end)).split('\n');
    this.#unread = end < 0 ? this.#unread + text : text.slice(end + 1);
    if (this.#unread.length > longestReply)
      this.#kill('died', `it said more than ${longestReply} characters at once`);
    this.#heardAt = this.#options.clock.now();
    for (const line of lines) this.#hear(line);
  }

  /** Whatever a child says, it cannot harm more than its own runs. */
  #hear(line: string): void {
    const message = parse(line);
    const [next] = this.#waiting;
    if (!message || !next || runIn(message) !== next.run) {
      this.#kill('died', 'it said something that is not understood');
      return;
    }
    this.#waiting.shift();
    next.resolve(message);
  }

  /** One timer at a time, which finds out when it fires whether something has been heard meanwhile. */
  #watch(): void {
    const { clock, timeoutMs } = this.#options;
    const until = this.#heardAt + timeoutMs;
    this.#stopWatch ??= clock.at(until, () => {
      this.#stopWatch = undefined;
      if (this.idle || this.#lost) return;
      // A stall of ours is no fault of the child's: its time begins anew.
      if (clock.now() > until + stallMs) this.#heardAt = clock.now();
      if (clock.now() < this.#heardAt + timeoutMs) this.#watch();
      else
        this.#kill(
          'unresponsive',
          `computed for more than ${timeoutMs / 1_000} s without asking for an operation`,
        );
    });
  }

  #kill(reason: ChildLost['reason'], message: string): void {
    this.#lose(reason, message);
    this.#process.kill('SIGKILL');
  }

  #lose(reason: ChildLost['reason'], message: string): void {
    this.#stopWatch?.();
    this.#stopWatch = undefined;
    this.#lost ??= new ChildLost(reason, message, this.#waiting.length);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#lost);
  }
}

function runIn(message: HostMessage | ProgramMessage): string | undefined {
  return 'run' in message ? message.run : undefined;
}

function parse(line: string): ProgramMessage | undefined {
  try {
    return programMessage().parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
