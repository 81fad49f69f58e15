import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bundleProgram } from '../../clients/bundler/bundle.ts';
import { TandemClient } from '../../clients/sdk/client.ts';
import type { RunEvent } from '../../shared/protocol/events.ts';
import type { Json } from '../../shared/protocol/json.ts';
import type { Run, StartRun } from '../../shared/protocol/runs.ts';

const tandem = fileURLToPath(new URL('../../bin/tandem.mjs', import.meta.url));
const agents = new URL('../scenarios/agents/', import.meta.url);

/** How a `tandem up` ended, and what it said until then. */
export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A `tandem up` as somebody sees it who has typed it. */
export interface Up {
  readonly pid: number;
  /** Where it listens, as soon as it says so; rejects when it ends before. */
  readonly listening: Promise<string>;
  readonly end: Promise<End>;
  kill(signal: NodeJS.Signals): void;
}

export interface UpOptions {
  /** Arguments besides `--data`; default: any port. */
  readonly args?: readonly string[];
  /** Another data folder than that of the test. */
  readonly data?: string;
  /** Blocks of 512 bytes that no file of it may grow beyond. */
  readonly fileBlocks?: number;
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A data folder of a test, and the servers that the test starts on it. */
export class Place {
  readonly data: string;
  readonly #parent: string;
  readonly #started: Up[];

  /** Whatever still runs when the test is over is killed, and the folder removed. `beside`: in the same folder as it. */
  constructor(t: TestContext, beside?: Place, name = 'data') {
    this.#parent = beside ? beside.#parent : mkdtempSync(join(tmpdir(), 'tandem-twin-'));
    this.data = join(this.#parent, name);
    this.#started = beside ? beside.#started : [];
    if (!beside) this.#cleanUp(t);
  }

  #cleanUp(t: TestContext): void {
    t.after(async () => {
      for (const server of this.#started) server.kill('SIGKILL');
      await Promise.all(this.#started.map(({ end }) => end));
      rmSync(this.#parent, { recursive: true });
    });
  }

  /** A path beside the data folder. */
  beside(name: string): string {
    return join(this.#parent, name);
  }

  up({ args = ['--port', '0'], data = this.data, fileBlocks, env = {} }: UpOptions = {}): Up {
    const command = [process.execPath, tandem, 'up', '--data', data, ...args];
    const server = watched(limited(command, fileBlocks), env);
    this.#started.push(server);
    return server;
  }

  /** Fills the projections again from the logs. */
  rebuild(...args: readonly string[]): Promise<End> {
    return watched([process.execPath, tandem, 'rebuild', '--data', this.data, ...args]).end;
  }

  /** Any other command of the launcher; `fileBlocks` as for a server. */
  command(words: readonly string[], { fileBlocks }: Pick<UpOptions, 'fileBlocks'> = {}): Up {
    const started = watched(limited([process.execPath, tandem, ...words], fileBlocks));
    this.#started.push(started);
    return started;
  }

  /** A client of the server that has said that it listens. */
  client(): TandemClient {
    const { url } = this.serverFile();
    return new TandemClient({ url, token: this.token() });
  }

  /** The command line's. */
  token(): string {
    return readFileSync(join(this.data, 'cli-token'), 'utf8');
  }

  /** What the command line finds the server by. */
  serverFile(): { url: string; pid: number; startedAt: string; version: string; metrics?: string } {
    return JSON.parse(readFileSync(join(this.data, 'server.json'), 'utf8'));
  }

  /** Publishes a program of the scenarios under its name. */
  async publish(agent: string): Promise<void> {
    const { code } = await bundleProgram(fileURLToPath(new URL(`${agent}.ts`, agents)));
    await this.client().publishVersion(agent, { number: '1.0.0', bundle: code });
  }

  /** Starts a run of a program of the scenarios; resolves with its id. */
  async run(agent: string, input: Json, files: StartRun['files'] = []): Promise<string> {
    await this.publish(agent);
    return (await this.client().startRun({ agent, input, files })).run;
  }

  /** The run once it has ended. */
  async ended(run: string): Promise<Run> {
    for (;;) {
      const now = await this.client().getRun(run, { wait: 20 });
      if (now.endedAt !== undefined) return now;
    }
  }

  /** The first event of a type in a run, as soon as there is one. */
  async event(run: string, type: string): Promise<RunEvent> {
    for await (const event of this.client().events(run)) if (event.type === type) return event;
    throw new Error(`${run} ended without ${type}`);
  }
}

function limited(command: readonly string[], fileBlocks: number | undefined): readonly string[] {
  if (fileBlocks === undefined) return command;
  return ['sh', '-c', `ulimit -f ${fileBlocks}; exec "$@"`, 'sh', ...command];
}

function watched([file = '', ...args]: readonly string[], added: Readonly<Record<string, string>> = {}): Up {
  const env = { ...process.env, ...added };
  const server = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  const listening = Promise.withResolvers<string>();
  for (const stream of ['stdout', 'stderr'] as const) {
    server[stream].setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text;
      const url = /(?:listens on |"url":")(http[^\s"]+)/.exec(said.stdout)?.[1];
      if (url !== undefined) listening.resolve(url);
    });
  }
  const end = new Promise<End>((resolve) => {
    server.once('close', (code, signal) => {
      resolve({ code, signal, ...said });
      listening.reject(new Error(`It ended with ${signal ?? code} before it listened: ${said.stderr}`));
    });
  });
  // Whoever does not ask where it listens does not want to know that it does not.
  listening.promise.catch(() => {});
  return {
    pid: server.pid ?? 0,
    listening: listening.promise,
    end,
    kill: (signal) => void server.kill(signal),
  };
}
