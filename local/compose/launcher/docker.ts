import { request } from 'node:http';
import type { Readable } from 'node:stream';

/** Docker said no, in its words. */
export class DockerError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'DockerError';
    this.status = status;
  }
}

/** The parts of a container that are read. */
export interface Container {
  readonly Id: string;
  readonly Created: string;
  readonly Config: { readonly Labels: Readonly<Record<string, string>> };
  readonly State: {
    readonly Status: string;
    readonly Running: boolean;
    readonly ExitCode: number;
    readonly OOMKilled: boolean;
    readonly Error: string;
    readonly StartedAt: string;
    readonly FinishedAt: string;
  };
}

/** The part of an event that is read. */
interface Died {
  readonly Actor: { readonly ID: string };
}

/** Speaks with Docker over its socket, in whatever version of the API it speaks: nothing of what is used has changed. */
export class Docker {
  readonly #socketPath: string;

  constructor(socketPath: string) {
    this.#socketPath = socketPath;
  }

  /** Makes a container and returns its id; throws {@link DockerError} 409 when the name is taken. */
  async create(name: string, body: unknown): Promise<string> {
    const made = await this.#json('POST', `/containers/create?name=${encodeURIComponent(name)}`, body);
    return (made as { Id: string }).Id;
  }

  /** Again does nothing. */
  async start(id: string): Promise<void> {
    await this.#json('POST', `/containers/${id}/start`);
  }

  /** SIGTERM, and SIGKILL after so many seconds; resolves when it has ended. */
  async stop(id: string, seconds: number): Promise<void> {
    await this.#json('POST', `/containers/${id}/stop?t=${seconds}`);
  }

  async remove(id: string): Promise<void> {
    await this.#json('DELETE', `/containers/${id}?force=true&v=true`);
  }

  /** A container by id or name; `undefined` when there is none. */
  async inspect(id: string): Promise<Container | undefined> {
    try {
      return (await this.#json('GET', `/containers/${encodeURIComponent(id)}/json`)) as Container;
    } catch (error) {
      if (error instanceof DockerError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** Ids of containers with all of these labels, running or not. */
  async list(labels: readonly string[]): Promise<readonly string[]> {
    const filters = encodeURIComponent(JSON.stringify({ label: labels }));
    const found = await this.#json('GET', `/containers/json?all=true&filters=${filters}`);
    return (found as { Id: string }[]).map(({ Id }) => Id);
  }

  /** Ids of containers with a label as they end, until `signal` aborts or Docker goes away. */
  async *ended(label: string, signal: AbortSignal): AsyncGenerator<string> {
    const filters = encodeURIComponent(
      JSON.stringify({ type: ['container'], event: ['die'], label: [label] }),
    );
    const stream = await this.#open('GET', `/events?filters=${filters}`, { signal });
    let unread = '';
    for await (const chunk of stream) {
      const lines = (unread + chunk).split('\n');
      unread = lines.pop() ?? '';
      for (const line of lines) if (line !== '') yield (JSON.parse(line) as Died).Actor.ID;
    }
  }

  async #json(method: string, path: string, body?: unknown): Promise<unknown> {
    const stream = await this.#open(method, path, { body });
    const text = (await stream.toArray()).join('');
    return text === '' ? undefined : JSON.parse(text);
  }

  async #open(
    method: string,
    path: string,
    { body, signal }: { body?: unknown; signal?: AbortSignal },
  ): Promise<Readable> {
    const text = body === undefined ? '' : JSON.stringify(body);
    const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
      const asked = request({
        socketPath: this.#socketPath,
        method,
        path,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
        ...(signal && { signal }),
      });
      asked.once('response', resolve).once('error', reject).end(text);
    });
    response.setEncoding('utf8');
    // 304: it is as it is asked to be.
    const { statusCode = 500 } = response;
    if (statusCode < 400) return response;
    const said = (await response.toArray()).join('');
    throw new DockerError(statusCode, messageIn(said));
  }
}

function messageIn(text: string): string {
  try {
    return (JSON.parse(text) as { message: string }).message;
  } catch {
    return text;
  }
}
