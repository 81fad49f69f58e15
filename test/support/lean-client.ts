import { Agent, type IncomingMessage, request } from 'node:http';
import type { ServerProcess } from './server-process.ts';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A client as lean as Node's own HTTP allows, so that it takes little of the machine it measures. */
export class LeanClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1_024 });
  readonly #server: ServerProcess;
  readonly #token: string;

  constructor(server: ServerProcess) {
    this.#server = server;
    this.#token = server.token;
  }

  /** `key`: an `Idempotency-Key`. */
  send(method: 'GET' | 'POST', path: string, body?: unknown, key?: string): Promise<Answer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${this.#token}`,
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(text === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    };
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const outgoing = request(this.#server.url + path, { method, agent: this.#agent, headers }, (response) => {
      collect(response).then((answer) => resolve({ status: response.statusCode ?? 0, body: answer }), reject);
    });
    outgoing.on('error', reject);
    outgoing.end(text);
    return promise;
  }

  /** As {@link send}; throws unless it succeeds, and gives the data. */
  async data<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
    const answer = await this.send(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.body}`);
    return (JSON.parse(answer.body) as { data: T }).data;
  }

  close(): void {
    this.#agent.destroy();
  }
}

function collect(response: IncomingMessage): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let body = '';
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    body += chunk;
  });
  response.on('end', () => resolve(body));
  response.on('error', reject);
  return promise;
}
