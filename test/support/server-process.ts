import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const tandem = fileURLToPath(new URL('../../bin/tandem.mjs', import.meta.url));

export interface ServerOptions {
  /** The twin, or the Step Functions engine alone; default: the twin. */
  readonly command?: 'up' | 'stepfunctions';
  /** Default: one that is free at each start. */
  readonly port?: number;
  /** Where it keeps temporary files; default: where everybody does. */
  readonly temporary?: string;
  /** Variables besides those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A server as a process of its own, started the way the command line starts it. */
export class ServerProcess {
  readonly data: string;
  readonly #options: ServerOptions;
  #process: ChildProcess | undefined;
  #url = '';

  constructor(data: string, options: ServerOptions = {}) {
    this.data = data;
    this.#options = options;
  }

  static async inNewFolder(options: ServerOptions = {}): Promise<ServerProcess> {
    return new ServerProcess(await mkdtemp(join(tmpdir(), 'tandem-bench-')), options);
  }

  get url(): string {
    return this.#url;
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  get token(): string {
    return readFileSync(join(this.data, 'cli-token'), 'utf8');
  }

  /** What it wrote to standard error in all its lives. */
  get log(): string {
    return join(this.data, 'server.log');
  }

  /** Resolves when it says that it listens; answers how long that took from exec, in milliseconds. */
  async start(): Promise<number> {
    const began = performance.now();
    mkdirSync(this.data, { recursive: true });
    const log = openSync(this.log, 'a');
    const { command = 'up', port = 0, temporary, env: more = {} } = this.#options;
    const args = [tandem, command, '--data', this.data, '--port', String(port)];
    const env = { ...process.env, ...more, ...(temporary === undefined ? {} : { TMPDIR: temporary }) };
    const server = spawn(process.execPath, args, { cwd: this.data, env, stdio: ['ignore', 'pipe', log] });
    this.#process = server;
    closeSync(log);
    let said = '';
    for await (const chunk of server.stdout ?? []) {
      said += String(chunk);
      const url = /http:\/\/\S+/.exec(said)?.[0];
      if (!url) continue;
      this.#url = url;
      return performance.now() - began;
    }
    throw new Error(`The server did not start; see ${this.log}`);
  }

  /** Resolves when the server that runs now has ended, however it went. */
  async ended(): Promise<void> {
    const server = this.#process;
    if (server && isRunning(server)) await once(server, 'exit');
  }

  /** Asks it to stop and resolves with its exit status when it is gone; `null` if a signal ended it. */
  async stop(): Promise<number | null> {
    const server = this.#process;
    this.#process = undefined;
    if (!server) return null;
    if (isRunning(server)) {
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
    return server.exitCode;
  }

  /** Kills it, at once or so many milliseconds after it was asked to stop, and resolves when it is gone. */
  async kill(graceMs = 0): Promise<void> {
    const server = this.#process;
    this.#process = undefined;
    if (!server || !isRunning(server)) return;
    const gone = once(server, 'exit');
    if (graceMs > 0) {
      server.kill('SIGTERM');
      await Promise.race([gone, pause(graceMs)]);
    }
    if (isRunning(server)) server.kill('SIGKILL');
    await gone;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.data, { recursive: true, force: true });
  }
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}
