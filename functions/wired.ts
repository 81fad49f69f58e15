import type { App } from '../shared/application/app.ts';
import type { Live } from '../shared/application/live/live.ts';
import type { Ports } from '../shared/application/ports.ts';
import type { Logger } from '../shared/logging/logger.ts';
import type { ConnectionSender } from '../shared/ports/connections.ts';
import type { Queue } from '../shared/ports/queue.ts';
import type { Settings } from '../shared/protocol/environment/environment.ts';

/** A message that nobody can work off, and why. */
interface DeadLetter {
  readonly body: string;
  readonly reason: string;
  readonly attempt: number;
}

/** What entry points are given besides the ports of use cases. */
export interface Besides {
  /** Takes refusals that the audit logs are to hold; where there is a right to it. */
  readonly refusals?: Queue;
  /** Takes messages of the queue that feeds the function; where one does. */
  readonly deadLetters?: { put(letter: DeadLetter): Promise<void> };
  /** Reaches who is connected; where there is a right to it. */
  readonly sender?: ConnectionSender;
  /** Has a run looked at again, where its writers may not know yet that somebody has subscribed. */
  readonly lookAgain?: NonNullable<Live['lookAgain']>;
}

/** Where a function runs, as its environment tells. */
export interface Surroundings {
  readonly settings: Settings<'function'>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Logger;
  readonly clock: Ports['clock'];
}

/** Ports that a right brings. `app`: what they are put together to, for a port that works by use cases itself. */
export type Part = (
  surroundings: Surroundings,
  app: () => App,
) => Promise<Partial<Ports> & Besides> | (Partial<Ports> & Besides);

/** A function, put together. */
export interface Wired extends Besides, Surroundings {
  readonly app: App;
}

/** Puts a function together once; while that is not possible it fails each time it is asked. */
export type Wire = () => Promise<Wired>;
