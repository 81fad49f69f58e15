import type { IncomingMessage } from 'node:http';
import type { WebSocketEvent } from '../../../functions/websocket/event.ts';
import { commonLogTime, headersOf } from '../proxy-event.ts';

/** What every event of one connection says. */
export interface SocketIdentity {
  readonly connectionId: string;
  /** Milliseconds since the epoch. */
  readonly connectedAt: number;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
  readonly domainName: string;
}

interface EventParts {
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export function identityOf(
  message: IncomingMessage,
  { connectionId, connectedAt }: Pick<SocketIdentity, 'connectionId' | 'connectedAt'>,
): SocketIdentity {
  return {
    connectionId,
    connectedAt,
    sourceIp: message.socket.remoteAddress ?? '',
    userAgent: message.headers['user-agent'],
    domainName: message.headers.host ?? '',
  };
}

/** The handshake as a WebSocket API of API Gateway hands it to `$connect`. */
export function connectEvent(
  message: IncomingMessage,
  identity: SocketIdentity,
  parts: EventParts,
): WebSocketEvent {
  const { headers, multiValueHeaders } = headersOf(message.rawHeaders);
  return { headers, multiValueHeaders, ...bare('CONNECT', identity, parts) };
}

export function messageEvent(body: string, identity: SocketIdentity, parts: EventParts): WebSocketEvent {
  return { ...bare('MESSAGE', identity, parts), body };
}

export function disconnectEvent(identity: SocketIdentity, parts: EventParts): WebSocketEvent {
  return bare('DISCONNECT', identity, parts);
}

const routeKeys = { CONNECT: '$connect', MESSAGE: '$default', DISCONNECT: '$disconnect' } as const;

function bare(
  eventType: keyof typeof routeKeys,
  { connectionId, connectedAt, sourceIp, userAgent, domainName }: SocketIdentity,
  { requestId, at }: EventParts,
): WebSocketEvent {
  return {
    requestContext: {
      routeKey: routeKeys[eventType],
      eventType,
      messageDirection: 'IN',
      ...(eventType === 'MESSAGE' ? { messageId: requestId } : {}),
      extendedRequestId: requestId,
      requestId,
      requestTime: commonLogTime(at),
      requestTimeEpoch: at,
      connectedAt,
      connectionId,
      stage: 'local',
      domainName,
      apiId: 'embedded',
      identity: { sourceIp, ...(userAgent === undefined ? {} : { userAgent }) },
    },
    isBase64Encoded: false,
  };
}
