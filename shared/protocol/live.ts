import * as z from 'zod';
import type { Problem } from './envelope.ts';
import type { RunEvent } from './events.ts';
import { runId } from './primitives.ts';
import { type Inferred, schema } from './schema.ts';

/** Limits of the live channel, as API Gateway sets them for WebSockets; sizes in bytes. */
export const liveLimits = {
  /** One message of a client. */
  messageBytes: 32 * 1024,
  /** One frame to a client: 128 KB, whichever way they are counted. */
  frameBytes: 128_000,
  /** How many runs one connection may be subscribed to. */
  subscriptions: 100,
  /** How long a connection may be without a message, either way. */
  idleSeconds: 10 * 60,
  /** How long a connection lasts at most. */
  lifetimeSeconds: 2 * 60 * 60,
} as const;

/** Path of the WebSocket, and what it speaks: the one subprotocol that the server chooses. */
export const livePath = '/v1/live';
export const liveProtocol = 'tandem.live.v1';

/** A subprotocol that brings a bearer token, for those that can set no header: this and the token in base64url. */
export const bearerProtocol = 'tandem.bearer.';

const sequence = schema(() => z.int().min(0));

/** What a client asks. */
export const liveMessage = schema(() =>
  z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('subscribe'),
      run: runId(),
      /** Sequence number of the last event that is known; default 0: from the start. Again: from there once more. */
      after: sequence().exactOptional(),
    }),
    z.strictObject({ type: z.literal('unsubscribe'), run: runId() }),
    z.strictObject({ type: z.literal('ping') }),
  ]),
);

export type LiveMessage = Inferred<typeof liveMessage>;

/**
 * What a client is told; types are added over time, and a client passes by what it doesn't know. `events` come in order, each
 * following the one before, and may come twice; with `ended` nothing follows. `behind` stands for events after `after` up to
 * `seq` that are too large for frames, or too many: they are read over HTTP.
 */
export type LiveFrame =
  | { readonly type: 'subscribed'; readonly run: string; readonly after: number }
  | { readonly type: 'unsubscribed'; readonly run: string }
  | { readonly type: 'pong' }
  | {
      readonly type: 'events';
      readonly run: string;
      readonly events: readonly RunEvent[];
      readonly ended: boolean;
    }
  | {
      readonly type: 'behind';
      readonly run: string;
      readonly after: number;
      readonly seq: number;
      readonly ended: boolean;
    }
  | { readonly type: 'problem'; readonly run?: string; readonly problem: Problem };
