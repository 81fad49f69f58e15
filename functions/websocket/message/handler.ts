import { textOf } from '../../../shared/application/live/frames.ts';
import type { Live } from '../../../shared/application/live/live.ts';
import { subscribe, unsubscribe, whoIsConnected } from '../../../shared/application/live/subscribe.ts';
import type { Logger } from '../../../shared/logging/logger.ts';
import type { Connection } from '../../../shared/ports/connections.ts';
import type { RateLimits } from '../../../shared/ports/rate-limits.ts';
import type { Issue } from '../../../shared/protocol/envelope.ts';
import { type LiveMessage, liveLimits, liveMessage, livePath } from '../../../shared/protocol/live.ts';
import { tooLarge } from '../../middleware/body.ts';
import { invalidRequest } from '../../middleware/invalid-request.ts';
import { problemOf, publicError } from '../../middleware/problem.ts';
import { parseStrictJson } from '../../middleware/strict-json.ts';
import { validate } from '../../middleware/validate.ts';
import type { WebSocketEvent, WebSocketHandler } from '../event.ts';

export interface LiveMessages {
  readonly live: Live;
  readonly log: Logger;
  /** Absent where what stands in front limits. */
  readonly limits?: Pick<RateLimits, 'caller'>;
}

/** `$default`: does what a message asks. Whatever is wrong with it is answered by a problem, and the connection stays. */
export function liveMessages({ live, log, limits }: LiveMessages): WebSocketHandler {
  return async (event) => {
    const { connectionId, requestId } = event.requestContext;
    try {
      const connection = await whoIsConnected(live, connectionId);
      limits?.caller(connection);
      await answer(live, connection, messageOf(event));
    } catch (cause) {
      const error = publicError(cause);
      if (error.status >= 500) log.error('A live message could not be answered', { requestId, error });
      const problem = problemOf(error, { requestId, path: livePath });
      const run = runOf(event);
      await live.sender.send(connectionId, textOf({ type: 'problem', ...(run ? { run } : {}), problem }));
    }
    return { statusCode: 200 };
  };
}

async function answer(live: Live, connection: Connection, message: LiveMessage): Promise<void> {
  switch (message.type) {
    case 'subscribe':
      return subscribe(live, connection, { run: message.run, after: message.after ?? 0 });
    case 'unsubscribe':
      return unsubscribe(live, connection, message.run);
    case 'ping':
      return void (await live.sender.send(connection.id, textOf({ type: 'pong' })));
  }
}

/** Throws `request.invalid` and `request.too-large`. */
function messageOf({ body = '', isBase64Encoded }: WebSocketEvent): LiveMessage {
  if (Buffer.byteLength(body) > liveLimits.messageBytes) throw tooLarge(liveLimits.messageBytes);
  if (isBase64Encoded) throw invalidRequest([{ path: 'body', expected: 'text' }]);
  const issues: Issue[] = [];
  const message = validate(liveMessage(), parseStrictJson(body), 'body', issues);
  if (issues.length > 0) throw invalidRequest(issues);
  return message as LiveMessage;
}

/** The run that a message is about, where it says so well enough to be told. */
function runOf({ body = '' }: WebSocketEvent): string | undefined {
  const named = /"run"\s*:\s*"(run_[0-9a-z][0-9a-z_-]{0,71})"/.exec(body.slice(0, 1_024));
  return named?.[1];
}
