import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { problemOf } from '../../functions/middleware/problem.ts';
import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';

const codes: Readonly<Record<string, ErrorCode>> = {
  HPE_HEADER_OVERFLOW: 'request.headers-too-large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'request.too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request.timed-out',
};

/** The error for what is no HTTP/1.1 request: faulty, ambiguous about its length, too large or too slow. */
export function protocolError(error: Error & { readonly code?: string }): TandemError {
  const code = codes[error.code ?? ''];
  return code
    ? new TandemError(code)
    : new TandemError('request.invalid', { message: 'This is not a valid HTTP/1.1 request', cause: error });
}

/** Answers on the bare socket, where there is no request to answer to, and closes it. */
export function answerAndClose(socket: Socket, error: TandemError, requestId: string): void {
  if (!socket.writable) return void socket.destroy();
  const body = JSON.stringify(problemOf(error, { requestId, path: '' }));
  socket.end(
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}\r\n` +
      'content-type: application/problem+json\r\n' +
      `content-length: ${Buffer.byteLength(body)}\r\n` +
      `connection: close\r\n\r\n${body}`,
  );
}
