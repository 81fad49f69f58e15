import type { Live } from '../../shared/application/live/live.ts';
import { assertServed } from '../../shared/application/tenants/serve.ts';
import { callersOf } from '../identity/callers.ts';
import { notedRefusals } from '../noted-refusals.ts';
import type { Wire, Wired } from '../wired.ts';
import { liveConnect } from './connect/handler.ts';
import { liveDisconnect } from './disconnect/handler.ts';
import type { WebSocketHandler } from './event.ts';
import { type FanOutHandler, liveFanOut } from './fan-out/handler.ts';
import { liveMessages } from './message/handler.ts';

/** `$connect`, as a function by itself. */
export function liveConnectFunction(wire: Wire): WebSocketHandler {
  return async (event) => {
    const wired = await wire();
    const { app, log } = wired;
    const refusals = notedRefusals(wired);
    const connect = liveConnect({
      live: { connections: connectionsOf(wired), clock: app.clock },
      identity: callersOf(wired),
      served: (caller) => assertServed(app, caller),
      log,
      elapsed: () => performance.now(),
      refused: refusals.refused,
    });
    const result = await connect(event);
    await refusals.sent();
    return result;
  };
}

/** `$disconnect`, as a function by itself. */
export function liveDisconnectFunction(wire: Wire): WebSocketHandler {
  return async (event) => liveDisconnect({ connections: connectionsOf(await wire()) })(event);
}

/** `$default`, as a function by itself. */
export function liveMessageFunction(wire: Wire): WebSocketHandler {
  return async (event) => {
    const wired = await wire();
    return liveMessages({ live: liveOf(wired), log: wired.log })(event);
  };
}

/** What the queue of news feeds. */
export function liveFanOutFunction(wire: Wire): FanOutHandler {
  return async (event) => {
    const wired = await wire();
    const { deadLetters, log } = wired;
    if (deadLetters === undefined) throw new Error('No queue feeds this function');
    return liveFanOut({ live: liveOf(wired), log, deadLetters })(event);
  };
}

function liveOf(wired: Wired): Live {
  const { app, sender, lookAgain } = wired;
  if (sender === undefined) throw new Error('This function has no right to send to connections');
  return { ...app, connections: connectionsOf(wired), sender, ...(lookAgain ? { lookAgain } : {}) };
}

function connectionsOf({ app: { connections } }: Wired): Live['connections'] {
  if (connections === undefined) throw new Error('This function has no right to the store');
  return connections;
}
