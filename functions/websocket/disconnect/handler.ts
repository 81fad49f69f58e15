import type { Live } from '../../../shared/application/live/live.ts';
import type { WebSocketHandler } from '../event.ts';

/** `$disconnect`: forgets the connection. It may not come: then the next frame finds nobody, or the time is over. */
export function liveDisconnect({ connections }: Pick<Live, 'connections'>): WebSocketHandler {
  return async ({ requestContext: { connectionId } }) => {
    await connections.close(connectionId);
    return { statusCode: 200 };
  };
}
