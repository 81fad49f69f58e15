import type { Besides, Surroundings, Wired } from '../../functions/wired.ts';
import type { App } from '../../shared/application/app.ts';
import { createLogger } from '../../shared/logging/logger.ts';
import type { VirtualClock } from '../../shared/memory/virtual-clock.ts';
import { memoryApp } from './memory-app.ts';

/** A function put together in memory, and what it has left. */
export interface WiredInMemory {
  readonly wire: () => Promise<Wired>;
  readonly app: App;
  readonly clock: VirtualClock;
  readonly log: string[];
  readonly dead: { readonly body: string; readonly reason: string; readonly attempt: number }[];
}

export function wiredInMemory(
  changes: Partial<Pick<Wired, 'app' | 'settings'>> & Besides = {},
): WiredInMemory {
  const app = changes.app ?? memoryApp();
  const lines: string[] = [];
  const dead: WiredInMemory['dead'] = [];
  const surroundings: Surroundings = {
    settings: {},
    env: {},
    clock: app.clock,
    log: createLogger({ level: 'info', write: (line) => lines.push(line), now: Date.now }),
  };
  const deadLetters = { put: async (letter: WiredInMemory['dead'][number]) => void dead.push(letter) };
  const wired: Wired = { ...surroundings, deadLetters, ...changes, app };
  return { wire: async () => wired, app, clock: app.clock as VirtualClock, log: lines, dead };
}

/** Messages as SQS feeds them to a function; `deliveries`: how often each has come so far. */
export function fedMessages(bodies: readonly string[], deliveries = 1) {
  return {
    Records: bodies.map((body, index) => ({
      messageId: `message-${index}`,
      body,
      attributes: { ApproximateReceiveCount: String(deliveries) },
    })),
  } as never;
}

/** How long a function still has, in milliseconds. */
export const remaining = (ms: number) => ({ getRemainingTimeInMillis: () => ms }) as never;
