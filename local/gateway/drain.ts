import type { Server } from 'node:http';
import type { Waiting } from './gateway-context.ts';

/**
 * Closes a server: no new connections, those that wait for news are told to stop waiting, the others may finish within
 * `withinMs`; then what is left is cut.
 */
export async function drain(server: Server, waiting: Waiting, withinMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const controller of waiting) controller.abort();
  const cut = setTimeout(() => server.closeAllConnections(), withinMs);
  await closed;
  clearTimeout(cut);
}
