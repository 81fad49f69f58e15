import { LeanConnection } from './lean-connection.ts';
import type { ServerProcess } from './server-process.ts';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/**
 * A client that does no more than it must, so that it takes little of the machine it measures: keep-alive connections,
 * one request at a time on each, answers with a `content-length`.
 */
export class LeanClient {
  readonly #server: ServerProcess;
  readonly #token: string;
  readonly #idle: LeanConnection[] = [];
  readonly #all = new Set<LeanConnection>();
  #url = '';

  constructor(server: ServerProcess) {
    this.#server = server;
    this.#token = server.token;
  }

  /** `key`: an `Idempotency-Key`. Rejects when the connection breaks. */
  async send(method: 'GET' | 'POST', path: string, body?: unknown, key?: string): Promise<Answer> {
    const connection = this.#connection();
    const answer = await connection.exchange(this.#request(method, path, body, key));
    if (connection.open) this.#idle.push(connection);
    return answer;
  }

  /** As {@link send}; throws unless it succeeds, and gives the data. */
  async data<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
    const answer = await this.send(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.body}`);
    return (JSON.parse(answer.body) as { data: T }).data;
  }

  close(): void {
    for (const connection of this.#all) connection.close();
    this.#all.clear();
    this.#idle.length = 0;
  }

  /** One that is idle, or a new one; the server may have come back elsewhere. */
  #connection(): LeanConnection {
    if (this.#url !== this.#server.url) this.close();
    this.#url = this.#server.url;
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) if (idle.open) return idle;
    const fresh = new LeanConnection(this.#url, () => this.#all.delete(fresh));
    this.#all.add(fresh);
    return fresh;
  }

  #request(method: string, path: string, body: unknown, key: string | undefined): string {
    const text = body === undefined ? '' : JSON.stringify(body);
    const content =
      body === undefined
        ? ''
        : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n`;
    const idempotency = key === undefined ? '' : `idempotency-key: ${key}\r\n`;
    const host = this.#url.slice('http://'.length);
    return `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${this.#token}\r\n${idempotency}${content}\r\n${text}`;
  }
}
