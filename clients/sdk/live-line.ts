import { bearerProtocol, type LiveFrame, livePath, liveProtocol } from '../../shared/protocol/live.ts';
import type { Connection } from './transport.ts';

/** Text that may wait for whoever reads it; a line with more is cut, and what was lost is read over HTTP. */
const mostCharacters = 8 * 1024 * 1024;

/** How long a server may take to answer a handshake, in milliseconds. */
const openMs = 10_000;

/** One WebSocket: frames in their order, until it closes. */
export class LiveLine {
  readonly #socket: WebSocket;
  readonly #frames: string[] = [];
  #characters = 0;
  #closed = false;
  #wake: () => void = () => undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => this.#take(String(data)));
    socket.addEventListener('close', () => this.#end());
    socket.addEventListener('error', () => this.#end());
  }

  /** `undefined` when there is no way to have one: the server has none, or something on the way lets none through. */
  static async open(connection: Connection, token: string): Promise<LiveLine | undefined> {
    if (typeof WebSocket === 'undefined') return undefined;
    const bearer = bearerProtocol + Buffer.from(token).toString('base64url');
    const address = connection.live ?? connection.url.replace(/^http/, 'ws') + livePath;
    const socket = new WebSocket(address, [liveProtocol, bearer]);
    const line = new LiveLine(socket);
    return new Promise((resolve) => {
      const late = setTimeout(() => socket.close(), openMs);
      const settle = (opened: LiveLine | undefined) => () => {
        clearTimeout(late);
        resolve(opened);
      };
      socket.addEventListener('open', settle(line));
      socket.addEventListener('close', settle(undefined));
      socket.addEventListener('error', settle(undefined));
    });
  }

  send(message: object): void {
    if (!this.#closed) this.#socket.send(JSON.stringify(message));
  }

  /** The next frame; `undefined` after `ms` without one, and when the line is closed. */
  async next(ms: number): Promise<LiveFrame | undefined> {
    if (this.#frames.length === 0 && !this.#closed) await this.#woken(ms);
    const text = this.#frames.shift();
    this.#characters -= text?.length ?? 0;
    return text === undefined ? undefined : (JSON.parse(text) as LiveFrame);
  }

  get closed(): boolean {
    return this.#closed && this.#frames.length === 0;
  }

  close(): void {
    this.#socket.close();
    this.#end();
  }

  #woken(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const over = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(over);
        resolve();
      };
    });
  }

  #take(text: string): void {
    if (this.#closed) return;
    this.#characters += text.length;
    if (this.#characters > mostCharacters) this.close();
    else this.#frames.push(text);
    this.#wake();
  }

  #end(): void {
    this.#closed = true;
    this.#wake();
  }
}
