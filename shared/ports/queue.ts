import type { Json } from '../domain/json.ts';

export interface QueueMessage {
  /** Names this delivery for `delete`; the next one may have another. */
  readonly id: string;
  readonly body: Json;
  /** From 1: how often it has been delivered. */
  readonly attempt: number;
}

/** At-least-once delivery, in no promised order. */
export interface Queue {
  send(body: Json, options?: { readonly delaySeconds?: number }): Promise<void>;
  /** Up to `limit` messages, hidden from others for `visibilitySeconds`; empty when there are none. */
  receive(limit: number, visibilitySeconds: number): Promise<readonly QueueMessage[]>;
  /** Acknowledges; a message not deleted in time is delivered again. */
  delete(id: string): Promise<void>;
}
