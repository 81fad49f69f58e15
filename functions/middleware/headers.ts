import type { APIGatewayProxyEvent } from 'aws-lambda';

/** A header field by its lower-case name; API Gateway hands names over as the client wrote them. */
export function headerOf(event: APIGatewayProxyEvent, name: string): string | undefined {
  const { headers } = event;
  const value = headers[name];
  if (value !== undefined) return value;
  for (const other in headers) {
    if (other.length === name.length && other.toLowerCase() === name) return headers[other];
  }
  return undefined;
}
