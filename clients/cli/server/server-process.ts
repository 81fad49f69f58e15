import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { ApiError } from '../../sdk/api-error.ts';

/** The launcher's second half: it runs a command on this Node and stops when the channel to its parent closes. */
const launcher = fileURLToPath(new URL('../../../bin/lib/handed-over.mjs', import.meta.url));

/** How long a server may take to stop, in milliseconds, before it is killed. */
const stopMs = 6_000;

/** Lines of the log that are shown when a server does not start. */
const shownLines = 12;

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
    mkdirSync(data, { recursive: true, mode: 0o700 });
    const log = join(data, 'server.log');
    const server = spawnServer({ data, log, ...(port === undefined ? {} : { port }) });
    const before = statSync(log).size;
    const ended = endOf(server);
    const url = await Promise.race([listeningUrl(server), ended.then(() => undefined)]);
    if (url === undefined) throw notStarted(log, before);
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

function spawnServer({ data, log, port }: { data: string; log: string; port?: number }): ChildProcess {
  const errors = openSync(log, 'a', 0o600);
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

function notStarted(log: string, from: number): ApiError {
  const lines = stripVTControlCharacters(readFileSync(log).subarray(from).toString('utf8'))
    .trim()
    .split('\n');
  return new ApiError({
    code: 'server.unreachable',
    message: `The server did not start:\n${lines.slice(-shownLines).join('\n')}`,
    status: 503,
    retryable: false,
    remedy: `Its log is ${log}; \`npx tandem doctor\` checks what it needs.`,
  });
}
