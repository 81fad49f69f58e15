import type { FunctionSpec, Right } from './function-spec.ts';
import { sourceOf } from './source.ts';

/** What API Gateway asks a function of the WebSocket API within: it waits 29 s for an answer. */
const answerSeconds = 29;

/** The functions behind the WebSocket API, and the one that tells subscribers what has happened. */
export const liveFunctions: readonly FunctionSpec[] = [
  live('connect', 'liveConnectFunction', {
    purpose: 'Lets a caller with a good token open a live connection',
    rights: ['store:read', 'store:write', 'refusals:send'],
  }),
  live('disconnect', 'liveDisconnectFunction', {
    purpose: 'Forgets a live connection that was closed',
    rights: ['store:read', 'store:write'],
  }),
  live('message', 'liveMessageFunction', {
    purpose: 'Answers what is asked over a live connection: subscribe, unsubscribe, ping',
    rights: ['store:read', 'store:write', 'connections:send', 'live:send'],
  }),
  live('fan-out', 'liveFanOutFunction', {
    purpose: 'Sends the new events of a run to everybody who has subscribed to it',
    rights: ['store:read', 'store:write', 'connections:send', 'live:consume'],
    timeoutSeconds: 60,
  }),
];

interface About {
  readonly purpose: string;
  readonly rights: readonly Right[];
  readonly timeoutSeconds?: number;
}

function live(
  name: string,
  maker: string,
  { purpose, rights, timeoutSeconds = answerSeconds }: About,
): FunctionSpec {
  return {
    name: `live-${name}`,
    purpose,
    source: sourceOf({ maker: ['./functions/websocket/functions.ts', maker], rights }),
    timeoutSeconds,
    memoryMb: 512,
    rights,
  };
}
