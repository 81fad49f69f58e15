import type { WebSocket } from 'ws';

/** Codes that a connection is closed with (RFC 6455, and its registry). */
export const closeCodes = { goingAway: 1001, text: 1003, tryAgain: 1013 } as const;

/** How long a peer has to answer a close, in milliseconds. */
const closeMs = 5_000;

interface Watched {
  /** Milliseconds of a clock that never goes back. */
  readonly elapsed: () => number;
  /** Bytes that may wait for a reader. */
  readonly waitingBytes: number;
  /** Answers one message; must not throw. */
  readonly answer: (text: string) => Promise<void>;
}

/** One connection: its messages are answered one after the other, and what it does not read is not kept for it. */
export class LiveSocket {
  readonly #socket: WebSocket;
  readonly #watched: Watched;
  readonly #openedAt: number;
  #activeAt: number;
  #hasAnswered = true;
  #answered: Promise<void> = Promise.resolve();
  #pending = 0;

  constructor(socket: WebSocket, watched: Watched) {
    this.#socket = socket;
    this.#watched = watched;
    this.#openedAt = watched.elapsed();
    this.#activeAt = this.#openedAt;
    socket.on('error', () => undefined);
    socket.on('pong', () => {
      this.#hasAnswered = true;
    });
    socket.on('ping', () => this.#isActive());
    socket.on('message', (data, isBinary) => {
      if (isBinary) this.close(closeCodes.text, 'Messages are text');
      else this.#take(String(data));
    });
  }

  /** Whether the frame was taken; a reader that is too slow is closed instead of being waited for. */
  send(frame: string): boolean {
    if (this.#socket.readyState !== this.#socket.OPEN) return false;
    this.#isActive();
    this.#socket.send(frame, () => undefined);
    if (this.#socket.bufferedAmount <= this.#watched.waitingBytes) return true;
    this.close(closeCodes.tryAgain, 'Frames are read too slowly');
    return false;
  }

  close(code: number, reason: string, withinMs = closeMs): void {
    if (this.#socket.readyState === this.#socket.CLOSED) return;
    this.#socket.close(code, reason);
    const cut = setTimeout(() => this.#socket.terminate(), withinMs);
    cut.unref();
    this.#socket.once('close', () => clearTimeout(cut));
  }

  /** Looks after it: closes what is over, cuts what has died, and asks the rest whether it lives. */
  tend({ idleMs, lifetimeMs }: { readonly idleMs: number; readonly lifetimeMs: number }): void {
    const now = this.#watched.elapsed();
    if (now - this.#openedAt >= lifetimeMs) this.close(closeCodes.goingAway, 'It has lasted long enough');
    else if (now - this.#activeAt >= idleMs) this.close(closeCodes.goingAway, 'Nothing was said for long');
    else if (this.#hasAnswered) this.#ask();
    else this.#socket.terminate();
  }

  #ask(): void {
    this.#hasAnswered = false;
    this.#socket.ping();
  }

  #isActive(): void {
    this.#activeAt = this.#watched.elapsed();
  }

  /** While one is answered no more are read, so that a flood of them waits where it comes from. */
  #take(text: string): void {
    this.#isActive();
    this.#pending += 1;
    this.#socket.pause();
    this.#answered = this.#answered
      .then(() => this.#watched.answer(text))
      .then(() => {
        this.#pending -= 1;
        if (this.#pending === 0) this.#socket.resume();
      });
  }
}
