import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A server under measurement: a process of its own, started the way `tandem up` starts it. */
export class BenchServer {
  readonly data: string;
  #process: ChildProcess | undefined;
  #url = '';

  constructor(data: string) {
    this.data = data;
  }

  static async inNewFolder(): Promise<BenchServer> {
    return new BenchServer(await mkdtemp(join(tmpdir(), 'tandem-bench-')));
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

  /** Resolves when it says that it listens; answers how long that took from exec, in milliseconds. */
  async start(): Promise<number> {
    const began = performance.now();
    const log = openSync(join(this.data, 'server.log'), 'a');
    const args = ['bin/tandem.mjs', 'up', '--data', this.data, '--port', '0'];
    this.#process = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', log] });
    let said = '';
    for await (const chunk of this.#process.stdout ?? []) {
      said += String(chunk);
      const url = /http:\/\/\S+/.exec(said)?.[0];
      if (!url) continue;
      this.#url = url;
      return performance.now() - began;
    }
    throw new Error(`The server did not start; see ${join(this.data, 'server.log')}`);
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const server = this.#process;
    this.#process = undefined;
    if (!server || server.exitCode !== null) return;
    server.kill(signal);
    await once(server, 'exit');
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.data, { recursive: true, force: true });
  }
}
