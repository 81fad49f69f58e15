import { later } from '../../later.ts';
import { needed } from '../../needed.ts';
import type { Part } from '../../wired.ts';

/** Whoever is connected to the WebSocket API. */
export const senderPart: Part = ({ settings }) => {
  const endpoint = needed(settings, 'TANDEM_CONNECTIONS');
  return { sender: later(async () => (await import('./apigateway/wiring.ts')).apiGatewaySender(endpoint)) };
};
