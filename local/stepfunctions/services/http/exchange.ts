import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { AnswerTooLarge, maxAnswerBytes } from '../sdk/guard.ts';
import { hostOf } from './url.ts';

export interface HttpRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** Whether link-local addresses may be reached. */
  readonly linkLocal: boolean;
}

export interface HttpAnswer {
  readonly status: number;
  readonly statusText: string;
  /** As they were sent, in their own spelling. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
}

/** One request over a connection of its own; follows nothing, and reads what is answered to a limit. */
export async function exchange(request: HttpRequest): Promise<HttpAnswer> {
  const { isLinkLocal, lookupReachable, RefusedAddress } = await import('./reachable.ts');
  const { url, linkLocal } = request;
  if (!linkLocal && isLinkLocal(hostOf(url))) throw new RefusedAddress(url.hostname);
  const answer = await send(request, linkLocal ? {} : { lookup: lookupReachable });
  const body = await readBody(answer);
  const { statusCode: status = 0, statusMessage: statusText = '' } = answer;
  return { status, statusText, headers: headersOf(answer), body };
}

function send(
  { url, method, headers, body = '', signal }: HttpRequest,
  options: object,
): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  const length = body === '' ? {} : { 'Content-Length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      ...options,
      method,
      headers: { ...headers, ...length, Connection: 'close' },
      agent: false,
      signal,
    });
    sent.on('response', resolve).on('error', reject).end(body);
  });
}

async function readBody(answer: IncomingMessage): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of answer as AsyncIterable<Uint8Array>) {
    length += piece.byteLength;
    if (length > maxAnswerBytes) {
      answer.destroy();
      throw new AnswerTooLarge();
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function headersOf({ rawHeaders }: IncomingMessage): Readonly<Record<string, readonly string[]>> {
  const headers = new Map<string, string[]>();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = [rawHeaders[at], rawHeaders[at + 1]];
    headers.set(name, [...(headers.get(name) ?? []), value]);
  }
  return Object.fromEntries(headers);
}
