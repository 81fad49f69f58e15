import type { APIGatewayProxyResult } from 'aws-lambda';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { wireLimits } from '../../shared/protocol/limits.ts';
import type { Reply } from '../http/endpoint.ts';

/** A reply in its envelope; throws `limit.exceeded` when it is larger than a response may be. */
export function resultOf(reply: Reply, statusCode: number, requestId: string): APIGatewayProxyResult {
  const body = `{"data":${JSON.stringify(reply.data)},"meta":{"requestId":${JSON.stringify(requestId)}}}`;
  const { bodyBytes } = wireLimits;
  if (body.length * 3 > bodyBytes && Buffer.byteLength(body) > bodyBytes) {
    throw new TandemError('limit.exceeded', {
      message: `The answer would be larger than ${bodyBytes} bytes; ask for less of it`,
      details: { limit: bodyBytes },
    });
  }
  return {
    statusCode,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': requestId,
      ...reply.headers,
    },
    body,
  };
}
