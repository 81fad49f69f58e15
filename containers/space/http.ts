import { createReadStream } from 'node:fs';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { destinationOf } from './origins.ts';
import { trustOptions } from './trust.ts';

/** What to send: text, or a file of a known size. */
export interface Sending {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | { readonly file: string; readonly size: number };
}

export interface Reply {
  readonly status: number;
  readonly body: Buffer;
}

/** How long a connection may be silent, in milliseconds. */
const silenceMs = 10_000;

const agent = new Agent({ keepAlive: true, maxSockets: 8 });

/** One exchange. Not `fetch`: loading that takes longer than most commands run. Rejects when nobody answers. */
export async function send(url: string, { method, headers = {}, body }: Sending): Promise<Reply> {
  const destination = destinationOf(url);
  const isPlain = destination.url.protocol === 'http:';
  const open = isPlain ? httpRequest : (await import('node:https')).request;
  const outgoing = open(destination.url, {
    method,
    headers: { ...headers, ...lengthOf(body), host: destination.host },
    timeout: silenceMs,
    ...(isPlain ? { agent } : trustOptions()),
  });
  const reply = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
    outgoing.once('timeout', () => outgoing.destroy(new Error(`${new URL(url).host} does not answer`)));
  });
  if (typeof body === 'object')
    pipeline(createReadStream(body.file), outgoing).catch(() => outgoing.destroy());
  else outgoing.end(body);
  const incoming = await reply;
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return { status: incoming.statusCode ?? 0, body: Buffer.concat(chunks) };
}

function lengthOf(body: Sending['body']): Record<string, string> {
  if (body === undefined) return {};
  return { 'content-length': String(typeof body === 'string' ? Buffer.byteLength(body) : body.size) };
}
