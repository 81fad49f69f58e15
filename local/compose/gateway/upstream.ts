import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TandemError } from '../../../shared/errors/tandem-error.ts';

/** Where a request goes on to. */
export interface Onward {
  /** Whole, as it is asked for: nothing in it is decoded or tidied up. */
  readonly url: string;
  readonly method: string;
  /** Its bytes, or the stream of them. */
  readonly body?: Buffer | Readable;
  /** How long the other side may be silent, in milliseconds. */
  readonly silenceMs: number;
}

/** Header fields that are about one connection (RFC 9110, 7.6.1). */
const ofConnection: ReadonlySet<string> = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Sends a request on and resolves with the answer's beginning. Throws `server.starting` when nobody is there. Connections
 * are not kept: the other side is on this machine, and one that it has just closed would lose a request.
 */
export function sendOn(message: IncomingMessage, onward: Onward): Promise<IncomingMessage> {
  const { url, method, body, silenceMs } = onward;
  // Taken apart by hand: `URL` would resolve dots and encode what a signature covers.
  const [, hostname = '', port = '', path = '/'] = /^http:\/\/([^/:]+):(\d+)(.*)$/.exec(url) ?? [];
  return new Promise((resolve, reject) => {
    const outgoing = request({
      hostname,
      port,
      path,
      method,
      headers: fieldsOf(message, body),
      agent: false,
      timeout: silenceMs,
    });
    outgoing.once('response', resolve);
    outgoing.once('timeout', () => outgoing.destroy(new Error(`${hostname} is silent`)));
    outgoing.once('error', (cause) => reject(away(hostname, cause)));
    // Whoever asked may leave, and what is left behind would hold a container for as long as it waits for news.
    const leave = () => outgoing.destroy();
    message.socket.once('close', leave);
    outgoing.once('close', () => message.socket.off('close', leave));
    if (body === undefined || Buffer.isBuffer(body)) outgoing.end(body);
    // `pipeline` would throw away an answer that comes before all of the body has gone.
    else body.pipe(outgoing);
  });
}

/** Passes an answer on as it comes. Resolves when all of it is, or whoever asked has left. */
export async function answerWith(answer: IncomingMessage, response: ServerResponse): Promise<void> {
  const fields = answer.rawHeaders.flatMap((name, at) =>
    at % 2 === 0 && passesOn(name) ? [name, answer.rawHeaders[at + 1] ?? ''] : [],
  );
  response.writeHead(answer.statusCode ?? 502, fields);
  if (response.req.method === 'HEAD') {
    answer.resume();
    return void response.end();
  }
  // What breaks off from here on cuts the connection, which the reader sees.
  await pipeline(answer, response).catch(() => response.destroy());
}

const passesOn = (name: string): boolean => !ofConnection.has(name.toLowerCase());

/** The fields as they came, `Host` included; those of a body that was gathered say how long it is. */
function fieldsOf({ rawHeaders }: IncomingMessage, body: Onward['body']): string[] {
  const isGathered = body === undefined || Buffer.isBuffer(body);
  const fields = rawHeaders.flatMap((name, at) => {
    if (at % 2 !== 0 || !passesOn(name)) return [];
    if (isGathered && name.toLowerCase() === 'content-length') return [];
    return [name, rawHeaders[at + 1] ?? ''];
  });
  return Buffer.isBuffer(body) ? [...fields, 'content-length', String(body.byteLength)] : fields;
}

function away(hostname: string, cause: Error): TandemError {
  return new TandemError('server.starting', { message: `${hostname} does not answer`, cause });
}
