import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { Docker } from '../../local/compose/launcher/docker.ts';

/** What a container is made of. */
export interface Made {
  readonly Image: string;
  readonly Env: readonly string[];
  readonly Labels: Readonly<Record<string, string>>;
  readonly HostConfig: Readonly<Record<string, unknown>>;
}

interface FakeContainer {
  readonly id: string;
  readonly name: string;
  readonly made: Made;
  readonly createdAt: string;
  status: 'created' | 'running' | 'exited';
  startedAt: string;
  finishedAt: string;
  exitCode: number;
  error: string;
  starts: number;
  process?: ChildProcess;
}

const never = '0001-01-01T00:00:00Z';

/** Starts what runs in a container. */
type StartProcess = (made: Made) => ChildProcess;

/**
 * Stands in for Docker at its socket. Containers end when they are told to: nothing runs in them, or a process of this
 * machine.
 */
export class FakeDocker {
  readonly containers: FakeContainer[] = [];
  readonly docker: Docker;
  /** What containers cannot be started for. */
  failure = '';
  /** Whether a container ends when it is asked to. */
  obeys = true;
  readonly #listening = new Set<ServerResponse>();

  readonly #startProcess: StartProcess | undefined;

  private constructor(socket: string, startProcess?: StartProcess) {
    this.docker = new Docker(socket);
    this.#startProcess = startProcess;
  }

  /** Closed and removed when the test ends. */
  static async open(context: TestContext, startProcess?: StartProcess): Promise<FakeDocker> {
    const folder = await mkdtemp(join(tmpdir(), 'tandem-docker-'));
    const socket = join(folder, 's');
    const fake = new FakeDocker(socket, startProcess);
    const server = createServer((request, response) => void fake.#answer(request, response));
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    context.after(async () => {
      for (const { process } of fake.containers) process?.kill('SIGKILL');
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    });
    return fake;
  }

  /** Its process ends. */
  end(container: FakeContainer | undefined, exitCode = 0): void {
    if (!container) throw new Error('There is no such container');
    Object.assign(container, { status: 'exited', exitCode, finishedAt: new Date().toISOString() });
    for (const listener of this.#listening) {
      listener.write(
        `${JSON.stringify({ Type: 'container', Action: 'die', Actor: { ID: container.id } })}\n`,
      );
    }
  }

  /** Breaks every stream of events, as a Docker that is restarted does. */
  breakStreams(): void {
    for (const listener of this.#listening) listener.destroy();
    this.#listening.clear();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://docker');
    const body = await text(request);
    const [, kind, id = '', verb = ''] = url.pathname.split('/');
    if (kind === 'events') return this.#listen(response);
    const json = (status: number, value?: unknown) =>
      void response.writeHead(status).end(value === undefined ? '' : JSON.stringify(value));
    if (id === 'create') return this.#create(url, JSON.parse(body) as Made, json);
    if (id === 'json') return json(200, this.#list(url));
    const container = this.containers.find((one) => one.id === id || one.name === id);
    if (!container) return json(404, { message: `No such container: ${id}` });
    if (request.method === 'DELETE') {
      this.containers.splice(this.containers.indexOf(container), 1);
      return json(204);
    }
    if (verb === 'json') return json(200, inspected(container));
    if (verb === 'start') return this.#start(container, json);
    if (container.status !== 'running') return json(304);
    if (container.process) container.process.kill('SIGTERM');
    else if (this.obeys) this.end(container, 143);
    json(204);
  }

  #listen(response: ServerResponse): void {
    response.writeHead(200).flushHeaders();
    this.#listening.add(response);
    response.on('close', () => this.#listening.delete(response));
  }

  #create(url: URL, made: Made, json: (status: number, value: unknown) => void): void {
    const name = url.searchParams.get('name') ?? '';
    if (this.containers.some((one) => one.name === name)) {
      json(409, { message: `The container name "/${name}" is already in use` });
      return;
    }
    const id = String(this.containers.length + 1).padStart(64, 'a');
    const state = {
      status: 'created',
      startedAt: never,
      finishedAt: never,
      exitCode: 0,
      error: '',
      starts: 0,
    } as const;
    this.containers.push({ id, name, made, createdAt: new Date().toISOString(), ...state });
    json(201, { Id: id });
  }

  #start(container: FakeContainer, json: (status: number, value?: unknown) => void): void {
    container.starts += 1;
    if (this.failure !== '') {
      container.error = this.failure;
      json(500, { message: this.failure });
      return;
    }
    Object.assign(container, { status: 'running', startedAt: new Date().toISOString() });
    const process = this.#startProcess?.(container.made);
    if (process) {
      container.process = process;
      process.once('exit', (code) => this.end(container, code ?? 137));
    }
    json(204);
  }

  #list(url: URL): readonly { Id: string }[] {
    const { label } = JSON.parse(url.searchParams.get('filters') ?? '{}') as { label: string[] };
    const has = ({ made }: FakeContainer) =>
      label.every((one) => {
        const at = one.indexOf('=');
        return made.Labels[one.slice(0, at)] === one.slice(at + 1);
      });
    return this.containers.filter(has).map(({ id }) => ({ Id: id }));
  }
}

function inspected({ id, made, status, ...rest }: FakeContainer): unknown {
  return {
    Id: id,
    Created: rest.createdAt,
    Config: { Labels: made.Labels },
    State: {
      Status: status,
      Running: status === 'running',
      ExitCode: rest.exitCode,
      OOMKilled: false,
      Error: rest.error,
      StartedAt: rest.startedAt,
      FinishedAt: rest.finishedAt,
    },
  };
}
