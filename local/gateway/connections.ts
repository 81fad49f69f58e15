import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { answerAndClose, protocolError } from './client-errors.ts';

/** Requests of one connection that are not answered yet: how many, and the last of them. */
interface Unanswered {
  count: number;
  message: IncomingMessage;
  response: ServerResponse;
}

/** Knows what is under way on each connection, so that faults can be answered without mixing up answers. */
export class Connections {
  readonly #unanswered = new WeakMap<Socket, Unanswered>();
  /** Answered on the bare socket: nothing more may be said. */
  readonly #given = new WeakSet<ServerResponse>();
  readonly #open = new Set<Socket>();

  constructor(server: Server) {
    server.on('connection', (socket: Socket) => {
      this.#open.add(socket);
      socket.once('close', () => this.#open.delete(socket));
    });
  }

  /** Closes connections that have never asked for anything: clients open some in advance, and Node takes none for idle. */
  closeSilent(): void {
    for (const socket of this.#open) if (socket.bytesRead === 0) socket.destroy();
  }

  /** Counts a request in, and out again once its answer is complete; then `done` is called. */
  begin(message: IncomingMessage, response: ServerResponse, done: () => void): void {
    const { socket } = message;
    const unanswered = this.#unanswered.get(socket);
    if (unanswered === undefined) this.#unanswered.set(socket, { count: 1, message, response });
    else Object.assign(unanswered, { count: unanswered.count + 1, message, response });
    response.once('finish', () => {
      const left = this.#unanswered.get(socket);
      if (left !== undefined) left.count--;
      done();
    });
  }

  /** Whether a request has been given up on the bare socket. */
  isGivenUp(response: ServerResponse): boolean {
    return this.#given.has(response);
  }

  /**
   * Answers what the parser refuses. Where other answers of the connection are still owed, nothing can be said that
   * would be understood: it is cut. `refused` is told the error and gives the id of the request.
   */
  refuseFaults(server: Server, refused: (error: TandemError) => string): void {
    server.on('clientError', (error: Error & { code?: string }, socket: Socket) => {
      if (error.code === 'ECONNRESET' || !this.#mayAnswer(socket)) return void socket.destroy();
      const fault = protocolError(error);
      answerAndClose(socket, fault, refused(fault));
    });
    server.on('connect', (_message: IncomingMessage, socket: Socket) => {
      if (!this.#mayAnswer(socket)) return void socket.destroy();
      const fault = new TandemError('route.method', { message: 'This server is no proxy' });
      answerAndClose(socket, fault, refused(fault));
    });
  }

  #mayAnswer(socket: Socket): boolean {
    const unanswered = this.#unanswered.get(socket);
    if (unanswered === undefined) return true;
    const { count, message, response } = unanswered;
    // The fault may be in the body of a request that was answered before all of it had come.
    if (count === 0) return message.complete;
    // The fault is in the body of the only request there is.
    const isItsOwn = count === 1 && !message.complete && !response.headersSent;
    if (isItsOwn) this.#given.add(response);
    return isItsOwn;
  }
}
