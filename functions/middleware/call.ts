import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Issue } from '../../shared/protocol/envelope.ts';
import type { Route } from '../http/route.ts';
import { bodyOf } from './body.ts';
import { headerOf } from './headers.ts';
import { invalidRequest } from './invalid-request.ts';
import { validate } from './validate.ts';

/** The parts of a call that the request's text decides. */
export interface RequestParts {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly idempotencyKey?: string;
}

const idempotencyKeyPattern = /^[\x21-\x7e]{1,255}$/;

/** Path, query, body and idempotency key, valid by the route's schemas; throws `request.invalid` with every fault. */
export function partsOf(event: APIGatewayProxyEvent, route: Route): RequestParts {
  const issues: Issue[] = [];
  const params = route.params && validate(route.params(), decodedParams(event, issues), 'path', issues);
  const query = route.query
    ? validate(route.query(), singleQuery(event, issues), 'query', issues)
    : undefined;
  const body = route.body && validate(route.body(), bodyOf(event, route), 'body', issues);
  const key = idempotencyKeyOf(event, route, issues);
  if (issues.length > 0) throw invalidRequest(issues);
  return { params, query, body, ...(key === undefined ? {} : { idempotencyKey: key }) };
}

/** The key, where the route keeps what a key promises. */
function idempotencyKeyOf(event: APIGatewayProxyEvent, route: Route, issues: Issue[]): string | undefined {
  const key = route.method === 'GET' ? undefined : headerOf(event, 'idempotency-key');
  if (key === undefined) return undefined;
  const path = 'header.idempotency-key';
  if (!route.idempotent) issues.push({ path, expected: 'to be left out: this route does not support it' });
  else if (!idempotencyKeyPattern.test(key)) {
    issues.push({ path, expected: '1 to 255 visible ASCII characters' });
  }
  return route.idempotent === 'by-key' ? key : undefined;
}

/** A REST API hands path parameters over as they stand in the address. */
function decodedParams(event: APIGatewayProxyEvent, issues: Issue[]): Record<string, string> {
  const decoded: Record<string, string> = {};
  for (const [name, value = ''] of Object.entries(event.pathParameters ?? {})) {
    try {
      decoded[name] = value.includes('%') ? decodeURIComponent(value) : value;
    } catch {
      issues.push({ path: `path.${name}`, expected: 'percent-encoded UTF-8' });
    }
  }
  return decoded;
}

/** Each parameter may be given once: which of two counts is nothing to guess about. */
function singleQuery(event: APIGatewayProxyEvent, issues: Issue[]): object {
  const all = event.multiValueQueryStringParameters;
  if (all === null) return noQuery;
  for (const name of Object.keys(all)) {
    if ((all[name]?.length ?? 0) > 1) issues.push({ path: `query.${name}`, expected: 'to be given once' });
  }
  return event.queryStringParameters ?? noQuery;
}

const noQuery = Object.freeze({});
