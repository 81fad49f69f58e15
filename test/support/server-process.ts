import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const tandem = fileURLToPath(new URL('../../bin/tandem.mjs', import.meta.url));

/** The embedded twin as a process of its own, started the way `tandem up` starts it. */
export class ServerProcess {
  readonly data: string;
  #process: ChildProcess | undefined;
  #url = '';

  constructor(data: string) {
    this.data = data;
  }

  static async inNewFolder(): Promise<ServerProcess> {
    return new ServerProcess(await mkdtemp(join(tmpdir(), 'tandem-bench-')));
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
    const args = [tandem, 'up', '--data', this.data, '--port', '0'];
    const server = spawn(process.execPath, args, { cwd: this.data, stdio: ['ignore', 'pipe', log] });
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

  /** Ends it and resolves with its exit status when it is gone; `null` if a signal ended it. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<number | null> {
    const server = this.#process;
    this.#process = undefined;
    if (!server) return null;
    if (server.exitCode !== null || server.signalCode !== null) return server.exitCode;
    server.kill(signal);
    await once(server, 'exit');
    return server.exitCode;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.data, { recursive: true, force: true });
  }
}
