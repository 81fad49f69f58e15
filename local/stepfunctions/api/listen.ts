import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ApiHandler, tooLargeBody } from './handler.ts';

export interface ApiServer {
  /** To be given to SDKs as their endpoint. */
  readonly url: string;
  close(): Promise<void>;
}

/** Bytes of a request: the largest definition, escaped. */
const maxBodyBytes = 4 * 1024 * 1024;

/** Serves the API on the loopback interface; port 0 takes a free one. */
export async function listen(
  handle: ApiHandler,
  { port = 0 }: { readonly port?: number } = {},
): Promise<ApiServer> {
  const server = createServer((request, response) => void answer(handle, request, response));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: bound } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${bound}`, close };
}

async function answer(handle: ApiHandler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const body = await read(request);
  const { 'x-amz-target': target, 'content-type': contentType } = request.headers;
  const answered =
    body === undefined
      ? tooLargeBody()
      : await handle({ target: text(target), contentType, body, signal: gone.signal });
  // What is left of a body that is too large is not read.
  if (body === undefined) response.setHeader('Connection', 'close');
  const length = { 'Content-Length': Buffer.byteLength(answered.body) };
  response.writeHead(answered.status, { ...answered.headers, ...length }).end(answered.body);
}

const text = (header: string | string[] | undefined): string | undefined =>
  typeof header === 'string' ? header : undefined;

/** The body, or `undefined` when it is too large or the client has gone away. */
async function read(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      size += (chunk as Buffer).length;
      if (size > maxBodyBytes) return undefined;
      chunks.push(chunk as Buffer);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks).toString();
}
