import type { APIGatewayProxyEvent } from 'aws-lambda';

/** What a WebSocket API of API Gateway hands to a function; header fields come with `CONNECT` and `DISCONNECT` only. */
export interface WebSocketEvent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, string[]>>;
  readonly requestContext: {
    readonly routeKey: string;
    readonly eventType: 'CONNECT' | 'MESSAGE' | 'DISCONNECT';
    readonly messageDirection: 'IN';
    readonly messageId?: string;
    readonly extendedRequestId: string;
    readonly requestId: string;
    readonly requestTime: string;
    /** Milliseconds since the epoch. */
    readonly requestTimeEpoch: number;
    readonly connectedAt: number;
    readonly connectionId: string;
    readonly stage: string;
    readonly domainName: string;
    readonly apiId: string;
    readonly identity: { readonly sourceIp: string; readonly userAgent?: string };
  };
  readonly body?: string;
  readonly isBase64Encoded: boolean;
}

/** What a function answers: of `CONNECT` the status of the handshake, and the subprotocol that is chosen. */
export interface WebSocketResult {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export type WebSocketHandler = (event: WebSocketEvent) => Promise<WebSocketResult>;

/** As the middlewares of the REST API look at it: header fields and who asks. */
export function asRequest(
  event: WebSocketEvent,
  headers: Readonly<Record<string, string>>,
): APIGatewayProxyEvent {
  return { headers, requestContext: event.requestContext } as unknown as APIGatewayProxyEvent;
}
