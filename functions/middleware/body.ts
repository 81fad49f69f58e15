import { isUtf8 } from 'node:buffer';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Json } from '../../shared/domain/json.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { wireLimits } from '../../shared/protocol/limits.ts';
import type { Route } from '../http/route.ts';
import { headerOf } from './headers.ts';
import { invalidRequest } from './invalid-request.ts';
import { parseStrictJson } from './strict-json.ts';

/** The JSON body of a request to a route that takes one. */
export function bodyOf(event: APIGatewayProxyEvent, route: Route): Json {
  if (event.body === null || event.body === '') {
    if (route.bodyOptional) return {};
    throw invalidRequest([{ path: 'body', expected: 'a JSON value' }]);
  }
  assertNotEncoded(headerOf(event, 'content-encoding'));
  assertJsonMediaType(headerOf(event, 'content-type'));
  return parseStrictJson(textOf(event.body, event.isBase64Encoded));
}

/** `request.too-large`, naming the limit in bytes. */
export function tooLarge(limit: number): TandemError {
  return new TandemError('request.too-large', {
    message: `The request body is larger than ${limit} bytes`,
    details: { limit },
  });
}

/** A front that doesn't know the text's encoding, or knows that it is none, hands the bytes over as base64. */
function textOf(body: string, isBase64: boolean): string {
  if (!isBase64) {
    if (exceeds(body)) throw tooLarge(wireLimits.bodyBytes);
    return body;
  }
  const bytes = Buffer.from(body, 'base64');
  if (bytes.byteLength > wireLimits.bodyBytes) throw tooLarge(wireLimits.bodyBytes);
  if (!isUtf8(bytes)) throw invalidRequest([{ path: 'body', expected: 'text in UTF-8' }]);
  return bytes.toString('utf-8');
}

function exceeds(text: string): boolean {
  const { bodyBytes } = wireLimits;
  return text.length > bodyBytes || (text.length * 3 > bodyBytes && Buffer.byteLength(text) > bodyBytes);
}

/** A few compressed bytes can stand for gigabytes. */
function assertNotEncoded(header = 'identity'): void {
  if (header.trim().toLowerCase() === 'identity') return;
  throw new TandemError('request.media-type', {
    message: 'The body is compressed or encoded otherwise; send it as it is, without Content-Encoding',
    details: { supported: ['identity'] },
  });
}

function assertJsonMediaType(header: string | undefined): void {
  if (header === 'application/json') return;
  if (/^application\/([\w.-]+\+)?json\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?$/i.test(header ?? '')) return;
  throw new TandemError('request.media-type', {
    message:
      header === undefined
        ? 'The request does not say what its body is'
        : 'The body is declared to be something else than JSON in UTF-8',
    details: { supported: ['application/json'] },
  });
}
