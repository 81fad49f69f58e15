import { problemResult, publicError } from '../../functions/middleware/problem.ts';
import { type LiveFront, liveConnect } from '../../functions/websocket/connect/handler.ts';
import { liveDisconnect } from '../../functions/websocket/disconnect/handler.ts';
import type { WebSocketEvent, WebSocketResult } from '../../functions/websocket/event.ts';
import { liveMessages } from '../../functions/websocket/message/handler.ts';
import type { Live } from '../../shared/application/live/live.ts';
import type { RateLimits } from '../../shared/ports/rate-limits.ts';
import { livePath } from '../../shared/protocol/live.ts';
import type { LiveFunctions } from '../gateway/websockets/options.ts';

/**
 * The functions of the live channel in this process. A connection counts among the requests of its caller that wait for
 * news: it is one that waits for long.
 */
export function liveFunctions(
  live: Live,
  front: Omit<LiveFront, 'live'> & { readonly limits: RateLimits },
): LiveFunctions {
  const connect = liveConnect({ ...front, live });
  const disconnect = liveDisconnect(live);
  const leaving = new Map<string, () => void>();
  const hold = async ({ requestContext }: WebSocketEvent): Promise<void> => {
    const { connectionId: id } = requestContext;
    const caller = await live.connections.find(id);
    if (caller) leaving.set(id, front.limits.waiter(caller));
  };
  return {
    message: liveMessages({ live, log: front.log, limits: front.limits }),
    async connect(event) {
      const result = await connect(event);
      if (result.statusCode >= 300) return result;
      try {
        await hold(event);
        return result;
      } catch (error) {
        await disconnect(event);
        const { requestId } = event.requestContext;
        return problemResult(publicError(error), { requestId, path: livePath }) as WebSocketResult;
      }
    },
    disconnect(event) {
      const { connectionId } = event.requestContext;
      leaving.get(connectionId)?.();
      leaving.delete(connectionId);
      return disconnect(event);
    },
  };
}
