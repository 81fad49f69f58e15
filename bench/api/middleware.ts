import type { APIGatewayProxyEvent } from 'aws-lambda';
import { getRun } from '../../functions/http/runs/get-run.ts';
import { type FrontContext, httpHandler } from '../../functions/middleware/lambda.ts';
import { createLogger } from '../../shared/logging/logger.ts';
import { MemoryRateLimits } from '../../shared/memory/rate-limits.ts';
import { fakeApi, runOf } from '../../test/support/fake-api.ts';
import { testIssuer } from '../../test/support/test-issuer.ts';
import type { Figure } from '../figure.ts';
import { median } from '../stats.ts';

const rounds = 60;
const requests = 500;

/** What all middlewares together add to a request: who calls, how much they may ask, what they ask, envelope and log. */
export async function middleware(): Promise<readonly Figure[]> {
  const issuer = testIssuer();
  const elapsed = () => performance.now();
  const endpoint = getRun(fakeApi().api);
  const handler = httpHandler(endpoint, {
    identity: issuer.identity,
    served: async () => undefined,
    limits: new MemoryRateLimits({ caller: 1e6, tenant: 1e6, stranger: 1e6, waiters: 10, elapsed }),
    elapsed,
    log: createLogger({ level: 'info', write: () => {}, now: Date.now }),
  });
  const { run } = runOf();
  const event = eventOf(run, issuer.token());
  const call = { params: { run }, query: {}, body: undefined, caller: {} };
  const all = await perRequest(() => handler(event, {} as FrontContext));
  const bare = await perRequest(() => endpoint.handle(call));
  return [
    {
      name: 'all middlewares',
      unit: 'ms',
      value: all - bare,
      targets: [],
      note: 'a request, in this process',
    },
  ];
}

/** The median of many rounds, in milliseconds a request. */
async function perRequest(act: () => Promise<unknown>): Promise<number> {
  const samples: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    for (let i = 0; i < requests; i++) await act();
    samples.push((performance.now() - began) / requests);
  }
  return median(samples.slice(rounds / 2));
}

function eventOf(run: string, token: string): APIGatewayProxyEvent {
  return {
    path: `/v1/runs/${run}`,
    httpMethod: 'GET',
    headers: { host: 'localhost', authorization: `Bearer ${token}`, accept: '*/*' },
    pathParameters: { run },
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    body: null,
    isBase64Encoded: false,
    requestContext: { requestId: 'req_1', identity: { sourceIp: '127.0.0.1' } },
  } as unknown as APIGatewayProxyEvent;
}
