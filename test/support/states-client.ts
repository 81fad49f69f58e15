import { LeanConnection } from './lean-connection.ts';
import type { ServerProcess } from './server-process.ts';

/** A refusal, as AWS names it. */
export class StatesError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/**
 * The wire API of Step Functions with as little client as can be: keep-alive connections, one request at a time on each.
 * Signatures are not checked, so none is made.
 */
export class StatesClient {
  readonly #server: Pick<ServerProcess, 'url'>;
  readonly #idle: LeanConnection[] = [];
  readonly #all = new Set<LeanConnection>();
  #url = '';

  constructor(server: Pick<ServerProcess, 'url'>) {
    this.#server = server;
  }

  /** Throws `StatesError` for a refusal; rejects with something else when the connection breaks. */
  async call<T>(action: string, input: object): Promise<T> {
    const connection = this.#connection();
    const body = JSON.stringify(input);
    const head = [
      'POST / HTTP/1.1',
      `host: ${this.#url.slice('http://'.length)}`,
      'content-type: application/x-amz-json-1.0',
      `x-amz-target: AWSStepFunctions.${action}`,
      `content-length: ${Buffer.byteLength(body)}`,
    ];
    const answer = await connection.exchange(`${head.join('\r\n')}\r\n\r\n${body}`);
    if (connection.open) this.#idle.push(connection);
    const said = JSON.parse(answer.body) as T & { readonly __type?: string; readonly message?: string };
    if (answer.status !== 200) throw new StatesError(said.__type ?? 'unknown', said.message ?? answer.body);
    return said;
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
}
