import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fileProblem } from '../saving/file-problem.ts';
import { makeFolder } from '../saving/make-folder.ts';
import { startProblem } from './start-problem.ts';

/** The launcher's second half: it runs a command on this Node and stops when the channel to its parent closes. */
const launcher = fileURLToPath(new URL('../../../bin/lib/handed-over.mjs', import.meta.url));

/** How long a server may take to stop, in milliseconds, before it is killed. */
const stopMs = 6_000;

/** How a server process ended. */
export interface ServerEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/**
 * A server in a process of its own, started as `tandem up` starts it. It ends with this process, however that ends; it
 * is in another process group, so that Ctrl-C reaches only us.
 */
export class ServerProcess {
  readonly url: string;
  readonly pid: number;
  readonly ended: Promise<ServerEnd>;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, url: string, ended: Promise<ServerEnd>) {
    this.#process = process;
    this.url = url;
    this.pid = process.pid ?? 0;
    this.ended = ended;
  }

  /** Resolves once it takes requests. Its log is `server.log` in the data folder. */
  static async start({ data, port }: { data: string; port?: number }): Promise<ServerProcess> {
    const { log, errors } = openLog(data);
    const before = statSync(log).size;
    const server = spawnServer({ data, errors, ...(port === undefined ? {} : { port }) });
    const ended = endOf(server);
    const url = await Promise.race([listeningUrl(server), ended.then(() => undefined)]);
    if (url === undefined) throw startProblem(readFileSync(log).subarray(before).toString('utf8'), log);
    return new ServerProcess(server, url, ended);
  }

  /** Asks it to stop, and waits until it has. */
  async stop(): Promise<void> {
    if (this.#process.connected) this.#process.disconnect();
    const killing = setTimeout(() => this.#process.kill('SIGKILL'), stopMs);
    await this.ended;
    clearTimeout(killing);
  }
}

/** What the server writes to standard error is added to its log. Throws what the server would say of the folder. */
function openLog(data: string): { log: string; errors: number } {
  const log = join(data, 'server.log');
  try {
    makeFolder(data, 0o700);
    return { log, errors: openSync(log, 'a', 0o600) };
  } catch (error) {
    throw fileProblem(error, `the data folder ${data}`);
  }
}

function spawnServer({ data, errors, port }: { data: string; errors: number; port?: number }): ChildProcess {
  try {
    return spawn(
      process.execPath,
      [launcher, 'up', '--data', data, ...(port === undefined ? [] : ['--port', String(port)])],
      {
        stdio: ['ignore', 'pipe', errors, 'ipc'],
        detached: process.platform !== 'win32',
        windowsHide: true,
      },
    );
  } finally {
    closeSync(errors);
  }
}

async function endOf(server: ChildProcess): Promise<ServerEnd> {
  const [code, signal] = (await once(server, 'exit')) as [number | null, NodeJS.Signals | null];
  return { code, signal };
}

/** `undefined` when it ends without having said where it listens. */
async function listeningUrl(server: ChildProcess): Promise<string | undefined> {
  let said = '';
  for await (const chunk of server.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    said += String(chunk);
    const url = /https?:\/\/\S+/.exec(said)?.[0];
    if (url === undefined) continue;
    server.stdout?.resume();
    return url;
  }
  return undefined;
}
