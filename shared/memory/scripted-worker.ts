import type { Worker } from '../domain/events.ts';
import { isTandemError } from '../errors/tandem-error.ts';
import type { TenantBlobs } from '../ports/blobs.ts';
import type { Launch } from '../ports/task-launcher.ts';
import type {
  ChangedFile,
  CommandInput,
  Done,
  Failed,
  ReportAnswer,
  ReportMessage,
} from '../protocol/report.ts';
import { reportLimits } from '../protocol/report-limits.ts';
import { fetchWorkspace, workspaceChanges } from './scripted-workspace.ts';
import type { LifePoint, ScriptedLauncherOptions } from './task-launcher.ts';

/** The place that a scripted command works in. */
export interface ScriptedSpace {
  readonly input: CommandInput;
  /** The workspace, by path; what is changed here is reported. */
  readonly files: Map<string, Uint8Array>;
  /** Adds to standard output. */
  print(text: string): void;
  /** Lets virtual time pass; rejects when the command is killed. */
  sleep(ms: number): Promise<void>;
}

/** What a command does; resolves to its exit code. A rejection is a command that could not be carried out. */
export type ScriptedCommand = (space: ScriptedSpace) => Promise<number>;

/** One worker: it has the same conversation with `report` as the real one. */
export class ScriptedWorker {
  readonly launch: Launch;
  readonly identity: Worker;
  readonly #options: ScriptedLauncherOptions;
  readonly #blobs: TenantBlobs;
  readonly #life = new AbortController();

  constructor(
    options: ScriptedLauncherOptions,
    { launch, identity }: { readonly launch: Launch; readonly identity: Worker },
  ) {
    this.launch = launch;
    this.identity = identity;
    this.#options = options;
    this.#blobs = options.blobs.forTenant(launch.tenant);
  }

  /** Dies at once: says nothing and changes nothing any more. */
  kill(): void {
    this.#life.abort(new Error('killed'));
  }

  /** Its whole life; resolves also when that is cut short: whoever waits for it finds out. */
  async work(): Promise<void> {
    try {
      this.#survive('claim');
      const input = (await this.#say({ type: 'claim', worker: this.identity })) as
        | CommandInput
        | { stop: true };
      if ('stop' in input) return;
      const endBeats = this.#beat();
      await this.#carryOut(input)
        .then((message) => this.#insist(message))
        .finally(endBeats);
    } catch {
      this.kill();
    }
  }

  async #carryOut(input: CommandInput): Promise<Done | Failed> {
    const { clock } = this.#options;
    const files = await fetchWorkspace(this.#blobs, input);
    this.#survive('command');
    const started = clock.now();
    let stdout = '';
    const print = (text: string) => {
      stdout += text;
    };
    const space = { input, files, print, sleep: (ms: number) => this.#sleep(ms).passed };
    const timeout = this.#sleep(input.timeoutMs);
    try {
      const run = this.#options.command(input, this.launch)(space);
      const exitCode = await Promise.race([run, timeout.passed.then(() => null)]);
      const durationMs = clock.now() - started;
      this.#survive('upload');
      const changed = await this.#upload(input, files);
      this.#survive('report');
      const end = { exitCode, stdout, stderr: '', durationMs, timedOut: exitCode === null };
      return { type: 'done', ...end, changed, notes: [] };
    } catch (error) {
      this.#life.signal.throwIfAborted();
      return { type: 'failed', error: { code: 'operation.failed', message: String(error) } };
    } finally {
      timeout.callOff();
    }
  }

  async #upload(input: CommandInput, files: ReadonlyMap<string, Uint8Array>): Promise<ChangedFile[]> {
    const changed = await workspaceChanges(this.#blobs, { input, files });
    const written = changed.filter((file) => 'digest' in file);
    if (written.length === 0) return changed;
    await this.#insist({ type: 'urls', digests: written.map(({ digest }) => digest) });
    for (const { path } of written) await this.#blobs.put(files.get(path) ?? new Uint8Array());
    return changed;
  }

  #survive(point: LifePoint): void {
    if (this.#options.dies?.(this.launch, point)) this.kill();
    this.#life.signal.throwIfAborted();
  }

  /** An answer that arrives after death is not heard. */
  async #say(message: ReportMessage): Promise<ReportAnswer> {
    this.#life.signal.throwIfAborted();
    const answer = await this.#options.report(this.launch.ticket, message);
    this.#life.signal.throwIfAborted();
    return answer;
  }

  async #insist(message: ReportMessage): Promise<ReportAnswer> {
    const until = this.#options.clock.now() + reportLimits.unreachableMs;
    for (;;) {
      try {
        return await this.#say(message);
      } catch (error) {
        const isRefused = isTandemError(error) && error.status < 500;
        if (isRefused || this.#options.clock.now() >= until) throw error;
        await this.#sleep(1_000).passed;
      }
    }
  }

  /** Heartbeats until the returned function is called. */
  #beat(): () => void {
    const { clock } = this.#options;
    let heard = clock.now();
    let callOff: () => void;
    const wait = () => {
      callOff = clock.at(clock.now() + reportLimits.heartbeatMs, () => void beat());
    };
    const beat = async () => {
      wait();
      const answer = await this.#say({ type: 'heartbeat' }).catch(() => undefined);
      if (answer !== undefined) heard = clock.now();
      const isUnwanted = answer !== undefined && 'next' in answer && answer.next === 'stop';
      if (isUnwanted || clock.now() - heard > reportLimits.unreachableMs) this.kill();
    };
    wait();
    return () => callOff();
  }

  #sleep(ms: number): { readonly passed: Promise<void>; callOff(): void } {
    const { clock } = this.#options;
    const { signal } = this.#life;
    const { promise: passed, resolve, reject } = Promise.withResolvers<void>();
    const callOff = clock.at(clock.now() + ms, resolve);
    signal.addEventListener('abort', () => {
      callOff();
      reject(signal.reason);
    });
    passed.catch(() => {});
    return { passed, callOff };
  }
}
