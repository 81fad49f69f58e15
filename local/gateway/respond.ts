import type { ServerResponse } from 'node:http';
import type { APIGatewayProxyResult } from 'aws-lambda';

/** Writes a handler's result; a HEAD request gets all but the body. */
export function respond(response: ServerResponse, result: APIGatewayProxyResult, close: boolean): void {
  if (response.headersSent || response.destroyed) return;
  const body = result.isBase64Encoded ? Buffer.from(result.body, 'base64') : result.body;
  const headers: Record<string, string | number | boolean> = { ...result.headers };
  headers['content-length'] = Buffer.byteLength(body);
  if (close) headers['connection'] = 'close';
  response.writeHead(result.statusCode, headers as Record<string, string | number>);
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
