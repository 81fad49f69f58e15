import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Route } from '../../functions/http/route.ts';

export interface ProxyRequest {
  readonly message: IncomingMessage;
  readonly route: Route;
  readonly path: string;
  /** Without `?`; empty when there is none. */
  readonly query: string;
  readonly params: Readonly<Record<string, string>> | null;
  readonly body: { readonly text: string; readonly isBase64: boolean } | null;
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The request as an API Gateway REST API hands it to a function (proxy integration, payload 1.0). */
export function proxyEvent(request: ProxyRequest): APIGatewayProxyEvent {
  const { message, route, path, params, body, requestId, at } = request;
  const { headers, multiValueHeaders } = headersOf(message.rawHeaders);
  const { single, multiple } = queryOf(request.query);
  const method = message.method === 'HEAD' ? 'GET' : (message.method ?? 'GET');
  return {
    resource: route.path,
    path,
    httpMethod: method,
    headers,
    multiValueHeaders,
    queryStringParameters: single,
    multiValueQueryStringParameters: multiple,
    pathParameters: params,
    stageVariables: null,
    requestContext: {
      resourceId: 'embedded',
      resourcePath: route.path,
      httpMethod: method,
      extendedRequestId: requestId,
      requestTime: commonLogTime(at),
      path: `/local${path}`,
      accountId: '000000000000',
      protocol: 'HTTP/1.1',
      stage: 'local',
      domainPrefix: 'localhost',
      requestTimeEpoch: at,
      requestId,
      identity: {
        ...nobody,
        sourceIp: message.socket.remoteAddress ?? '',
        userAgent: headers['user-agent'] ?? null,
      },
      domainName: headers['host'] ?? '',
      apiId: 'embedded',
      authorizer: null,
    },
    body: body === null ? null : body.text,
    isBase64Encoded: body?.isBase64 ?? false,
  };
}

const nobody = {
  accessKey: null,
  accountId: null,
  apiKey: null,
  apiKeyId: null,
  caller: null,
  clientCert: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  user: null,
  userArn: null,
};

/** Names in lower case, as HTTP/2 clients send them to API Gateway; the last value of a name, and all of them. */
export function headersOf(raw: readonly string[]) {
  const headers: Record<string, string> = Object.create(null);
  const multiValueHeaders: Record<string, string[]> = Object.create(null);
  for (let index = 0; index < raw.length; index += 2) {
    const name = (raw[index] ?? '').toLowerCase();
    const value = raw[index + 1] ?? '';
    headers[name] = value;
    const values = multiValueHeaders[name];
    if (values === undefined) multiValueHeaders[name] = [value];
    else values.push(value);
  }
  return { headers, multiValueHeaders };
}

function queryOf(query: string) {
  if (query === '') return { single: null, multiple: null };
  const single: Record<string, string> = Object.create(null);
  const multiple: Record<string, string[]> = Object.create(null);
  for (const [name, value] of new URLSearchParams(query)) {
    single[name] = value;
    const values = multiple[name];
    if (values === undefined) multiple[name] = [value];
    else values.push(value);
  }
  return { single, multiple };
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
let written = { second: -1, text: '' };

/** `21/Nov/2026:02:30:00 +0000`, made once a second. */
export function commonLogTime(at: number): string {
  const second = Math.floor(at / 1_000);
  if (written.second === second) return written.text;
  const date = new Date(at);
  const day = String(date.getUTCDate()).padStart(2, '0');
  const time = date.toISOString().slice(11, 19);
  written = { second, text: `${day}/${months[date.getUTCMonth()]}/${date.getUTCFullYear()}:${time} +0000` };
  return written.text;
}
