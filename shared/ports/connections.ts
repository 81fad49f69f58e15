import type { Role } from '../domain/audit/records.ts';

/** Somebody who is connected, as they were known when they came. */
export interface Connection {
  readonly id: string;
  readonly tenant: string;
  readonly subject: string;
  readonly roles: readonly Role[];
  /** Milliseconds since the epoch; from then on it counts as gone. */
  readonly expiresAt: number;
}

/** A connection is told of a run. */
export interface Subscription {
  readonly connection: string;
  readonly tenant: string;
  readonly run: string;
  /** Sequence number of the last event that was sent. */
  readonly sent: number;
}

/**
 * Who is connected, and what each is subscribed to. Nothing here is the truth of anything: a connection that is forgotten
 * subscribes anew. What has expired is never given out, whenever it is removed.
 */
export interface Connections {
  open(connection: Connection): Promise<void>;
  find(id: string): Promise<Connection | undefined>;
  /** Forgets it, with its subscriptions; one that is not known is no error. */
  close(id: string): Promise<void>;
  /**
   * Subscribes, or moves a subscription to another place in the log. Throws `limit.exceeded` beyond 100 runs of one
   * connection, and `connection.unknown` when the connection is not known.
   */
  subscribe(subscription: Subscription): Promise<void>;
  unsubscribe(subscription: Omit<Subscription, 'sent'>): Promise<void>;
  /** Notes what was sent; a place further on stays, and a subscription that has ended is not brought back. */
  sent(subscription: Subscription): Promise<void>;
  /** Who is subscribed to a run, some at a time; whoever has only just come may be missing. */
  subscribers(tenant: string, run: string): AsyncIterable<readonly Subscription[]>;
  /** Whether anybody is subscribed to it; may be a second behind. */
  hasSubscribers(tenant: string, run: string): Promise<boolean>;
}

/** Reaches whoever is connected. */
export interface ConnectionSender {
  /** Resolves when the frame is on its way: `gone` when nobody is there any more. */
  send(connection: string, frame: string): Promise<'sent' | 'gone'>;
}
