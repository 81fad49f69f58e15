import type { Envelope, Problem } from '../../shared/protocol/envelope.ts';
import { wireLimits } from '../../shared/protocol/limits.ts';
import { errorOfProblem, unreachable } from './api-error.ts';
import { boundedText } from './bounded-text.ts';
import { type Pause, withRetries } from './retry.ts';

/** Where a server is, and what to show it. */
export interface Connection {
  /** Without a slash at its end. */
  readonly url: string;
  /** Bearer token, or what is asked for it before each request. */
  readonly token: string | (() => Promise<string>);
  /** Address of the WebSocket, where it is not at `/v1/live` of the same server. */
  readonly live?: string;
}

export interface TransportOptions {
  /** Replaces the global `fetch`, which keeps connections alive. */
  readonly fetch?: typeof fetch;
  /** Attempts after the first one; default 3. */
  readonly retries?: number;
  /** The longest a request may take, in milliseconds, besides the time it asked to wait; default 30,000. */
  readonly timeoutMs?: number;
  /** Replaces waiting between two attempts. */
  readonly pause?: Pause;
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  /** Makes a repeated POST answer as the first; so it is repeated when its answer got lost. */
  readonly idempotencyKey?: string;
  /** Aborting it ends the call with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** JSON Lines, and the address where they go on, if they do. */
export interface LinesPage<T> {
  readonly lines: readonly T[];
  readonly next: string | undefined;
}

/** Bytes on their way. */
export interface Download {
  /** How many there are. */
  readonly size: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Sends calls to one server and opens the envelopes of its answers. Throws `ApiError`. */
export class Transport {
  readonly connection: Connection;
  readonly #fetch: typeof fetch;
  readonly #retries: number;
  readonly #timeoutMs: number;
  readonly #pause: { readonly pause?: Pause };

  constructor(connection: Connection, options: TransportOptions = {}) {
    this.connection = connection;
    this.#fetch = options.fetch ?? fetch;
    this.#retries = options.retries ?? 3;
    this.#timeoutMs = options.timeoutMs ?? 30_000;
    this.#pause = options.pause ? { pause: options.pause } : {};
  }

  /** The bearer token as it is now. */
  async token(): Promise<string> {
    const { token } = this.connection;
    return typeof token === 'string' ? token : token();
  }

  /** The `data` of the answer. */
  send<T>(call: Call): Promise<T> {
    return this.#repeated(call, () => this.#once<T>(call));
  }

  /** The JSON Lines of the answer, and where they go on. */
  sendLines<T>(call: Call): Promise<LinesPage<T>> {
    return this.#repeated(call, async () => {
      const response = await this.#answer(call);
      const text = await this.#whole(boundedText(response));
      const lines = text?.split('\n').filter((line) => line !== '');
      const next = /<([^>]*)>; *rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
      try {
        if (lines) return { lines: lines.map((line) => JSON.parse(line) as T), next };
      } catch {
        // Said below.
      }
      throw this.#stranger();
    });
  }

  /** Puts bytes to a signed address, which needs no token; as often as it takes, since they are the same each time. */
  upload(address: string, bytes: Uint8Array, headers: Readonly<Record<string, string>>): Promise<void> {
    const attempt = async () => {
      const init = { method: 'PUT', headers, body: bytes as Uint8Array<ArrayBuffer> };
      const response = await this.#reach(new URL(address, this.connection.url), init);
      if (!response.ok) throw await this.#refusal(response);
      await this.#whole(response.arrayBuffer());
    };
    return withRetries(attempt, { ...this.#pause, retries: this.#retries, repeatable: true });
  }

  /** The bytes behind a signed address, which needs no token. */
  download(address: string): Promise<Uint8Array> {
    const attempt = async () => {
      const response = await this.#reach(new URL(address, this.connection.url), {});
      if (!response.ok) throw await this.#refusal(response);
      return this.#whole(response.bytes());
    };
    return withRetries(attempt, { ...this.#pause, retries: this.#retries, repeatable: true });
  }

  #repeated<T>(call: Call, attempt: () => Promise<T>): Promise<T> {
    return withRetries(attempt, {
      ...this.#pause,
      retries: this.#retries,
      repeatable: call.method === 'GET' || call.method === 'PUT' || call.idempotencyKey !== undefined,
      ...(call.signal ? { signal: call.signal } : {}),
    });
  }

  /** What is answered, unless that is a refusal. */
  async #answer(call: Call): Promise<Response> {
    const response = await this.#reach(this.#address(call), await this.#request(call));
    if (response.status >= 400) throw await this.#refusal(response);
    return response;
  }

  /** As {@link download}, a part at a time; repeated until the first part is there. */
  stream(address: string): Promise<Download> {
    const attempt = async () => {
      const response = await this.#reach(new URL(address, this.connection.url), {});
      if (!response.ok) throw await this.#refusal(response);
      const size = Number(response.headers.get('content-length'));
      return { size, bytes: this.#parts(response) };
    };
    return withRetries(attempt, { ...this.#pause, retries: this.#retries, repeatable: true });
  }

  async *#parts({ body }: Response): AsyncGenerator<Uint8Array> {
    try {
      for await (const part of body ?? []) yield part;
    } catch (error) {
      throw unreachable('The server cut the download off', causeOf(error));
    }
  }

  async #once<T>(call: Call): Promise<T> {
    const response = await this.#answer(call);
    const answer = await this.#json<Envelope<T>>(response);
    if (answer?.data === undefined) throw this.#stranger();
    return answer.data;
  }

  async #reach(address: URL, init: RequestInit): Promise<Response> {
    try {
      return await this.#fetch(address, { redirect: 'manual', ...init });
    } catch (error) {
      // What was thrown is not ours to explain when the caller has ended the call.
      if (init.signal?.aborted && (error as Error).name !== 'TimeoutError') throw error;
      throw unreachable(`No Tandem server answers at ${this.connection.url}`, causeOf(error));
    }
  }

  #address({ path, query = {} }: Call): URL {
    const { pathname } = new URL(this.connection.url);
    // A server may stand below a path, as a stage of API Gateway does.
    const below = path.startsWith('/') ? `${pathname.replace(/\/$/, '')}${path}` : path;
    const address = new URL(below, this.connection.url);
    // What a server names is not always its own, and the token is for nobody else.
    if (address.origin !== new URL(this.connection.url).origin) throw this.#stranger();
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) address.searchParams.set(name, String(value));
    }
    return address;
  }

  async #request({ method, query, body, idempotencyKey, signal }: Call): Promise<RequestInit> {
    const bearer = await this.token();
    const timeout = AbortSignal.timeout(this.#timeoutMs + Number(query?.['wait'] ?? 0) * 1_000);
    return {
      method,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      headers: {
        authorization: `Bearer ${bearer}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
  }

  async #refusal(response: Response): Promise<Error> {
    const problem = await this.#json<Partial<Problem>>(response);
    if (!isProblem(problem)) return this.#stranger(response.status);
    return errorOfProblem(problem, response.headers.get('retry-after'));
  }

  async #json<T>(response: Response): Promise<T | undefined> {
    const text = await this.#whole(boundedText(response));
    try {
      return text === undefined ? undefined : (JSON.parse(text) as T);
    } catch {
      return undefined;
    }
  }

  /** What is still on its way may be cut off. */
  async #whole<T>(body: Promise<T>): Promise<T> {
    try {
      return await body;
    } catch (error) {
      if ((error as Error).name === 'AbortError') throw error;
      throw unreachable(`The answer of ${this.connection.url} was cut off`, causeOf(error));
    }
  }

  #stranger(status?: number): Error {
    const how = status === undefined ? '' : ` (status ${status})`;
    return unreachable(`What answers at ${this.connection.url} is not a Tandem server${how}`);
  }
}

/** Whether all is there that errors are made of; other servers answer with problems of their own. */
function isProblem(answer: Partial<Problem> | undefined): answer is Problem {
  const { code, detail, status, remedy, error, meta } = answer ?? {};
  const texts = [code, detail, remedy].every((text) => typeof text === 'string');
  return texts && typeof status === 'number' && isObject(error) && isObject(meta);
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** `fetch` wraps what happened on the socket. */
function causeOf(error: unknown): unknown {
  return (error as Error).cause ?? error;
}

/** Seconds that one request of a long poll asks the server to wait. */
export const longestWaitSeconds = wireLimits.waitSeconds;
