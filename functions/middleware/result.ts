import type { APIGatewayProxyResult } from 'aws-lambda';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { wireLimits } from '../../shared/protocol/limits.ts';
import type { Reply } from '../http/endpoint.ts';
import type { Route } from '../http/route.ts';

/** A reply, in its envelope unless the route's answers are bare; throws `limit.exceeded` when it is larger than a response may be. */
export function resultOf(
  reply: Reply,
  { status, bare, lines }: Pick<Route, 'status' | 'bare' | 'lines'>,
  requestId: string,
): APIGatewayProxyResult {
  const body = lines ? linesOf(reply.data) : documentOf(reply.data, bare ? undefined : requestId);
  const { bodyBytes } = wireLimits;
  if (body.length * 3 > bodyBytes && Buffer.byteLength(body) > bodyBytes) {
    throw new TandemError('limit.exceeded', {
      message: `The answer would be larger than ${bodyBytes} bytes; ask for less of it`,
      details: { limit: bodyBytes },
    });
  }
  return {
    statusCode: status,
    headers: {
      'content-type': lines ? 'application/jsonl' : 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': requestId,
      ...reply.headers,
    },
    body,
  };
}

/** With `requestId` in the envelope. */
function documentOf(value: unknown, requestId: string | undefined): string {
  const data = JSON.stringify(value);
  return requestId === undefined
    ? data
    : `{"data":${data},"meta":{"requestId":${JSON.stringify(requestId)}}}`;
}

/** JSON Lines: each ends with a line feed, and none holds one. */
const linesOf = (value: unknown): string =>
  (value as readonly unknown[]).map((line) => `${JSON.stringify(line)}\n`).join('');
