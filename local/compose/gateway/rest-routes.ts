import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Route } from '../../../functions/http/route.ts';
import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { wireLimits } from '../../../shared/protocol/limits.ts';
import type { RawRoute } from '../../gateway/gateway.ts';
import { announcesBody, readBody } from '../../gateway/request-body.ts';
import { Slots } from '../../slots.ts';
import type { Deployment } from '../deployment.ts';
import { answerWith, sendOn } from './upstream.ts';

/** API Gateway gives up after 29 s, and says so. */
const silenceMs = 40_000;

/**
 * How many requests of a route are under way at once. LocalStack starts a container for each, which takes it longer than to
 * answer ten in those that are there.
 */
const width = { prompt: 4, waiting: 12 };

/** What API Gateway's own answers, which are no problem documents, come to; any other is a fault of the twin. */
const ownAnswers: Readonly<Record<number, ErrorCode>> = {
  // It knows no such API, or no such route in it: it has come back without the stack.
  403: 'server.starting',
  404: 'server.starting',
  413: 'request.too-large',
  429: 'limit.rate',
  503: 'server.starting',
};

/** Sends the routes of the REST API on to where it is deployed now. */
export function restRoutes(
  routes: readonly Route[],
  deployed: () => Deployment | undefined,
): readonly RawRoute[] {
  return routes
    .filter(({ raw }) => raw !== true)
    .map((route) => {
      const slots = { prompt: new Slots(width.prompt), waiting: new Slots(width.waiting) };
      return {
        method: route.method,
        path: route.path,
        handle: (message, response) =>
          serve({
            message,
            response,
            route,
            api: deployed()?.api,
            slots: slots[waits(message) ? 'waiting' : 'prompt'],
          }),
      };
    });
}

/** Whether it may stay for a while, until there is news. */
const waits = ({ url = '' }: IncomingMessage): boolean => /[?&]wait=/.test(url);

interface Visit {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly route: Route;
  readonly api: string | undefined;
  readonly slots: Slots;
}

async function serve({ message, response, route, api, slots }: Visit): Promise<void> {
  if (api === undefined) throw new TandemError('server.starting', { message: 'The stack is being deployed' });
  const takesBody = route.body !== undefined && announcesBody(message);
  // Gathered first, so that what is too large is refused as everywhere, and nothing of it is done.
  const body = takesBody ? await readBody(message, wireLimits.bodyBytes) : undefined;
  // A HEAD is answered as a GET whose body is left out; API Gateway knows no HEAD.
  const method = message.method === 'HEAD' ? 'GET' : (message.method ?? 'GET');
  const onward = { url: api + message.url, method, silenceMs, ...(body && { body }) };
  // Whoever asked may have left while others were before them.
  const answer = await slots.use(async () => (response.destroyed ? undefined : sendOn(message, onward)));
  if (answer === undefined) return;
  if (isOwn(answer)) throw await ownAnswer(answer);
  await answerWith(answer, response);
}

/** Whether API Gateway, and not a function, has answered. */
function isOwn({ statusCode = 500, headers }: IncomingMessage): boolean {
  return statusCode >= 400 && !headers['content-type']?.startsWith('application/problem+json');
}

async function ownAnswer(answer: IncomingMessage): Promise<TandemError> {
  const { statusCode = 500 } = answer;
  const said = (await readBody(answer, wireLimits.bodyBytes)).toString('utf8').slice(0, 500);
  const code = ownAnswers[statusCode] ?? 'internal';
  return new TandemError(code, { cause: new Error(`API Gateway answered ${statusCode}: ${said}`) });
}
