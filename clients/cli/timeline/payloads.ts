import type { RunEvent } from '../../../shared/protocol/events.ts';
import type { Json } from '../../../shared/protocol/json.ts';

/**
 * What the timeline reads from events. Servers may be newer than this client: everything is optional, and a type or
 * member that is missing leaves a gap in a line instead of ending the program.
 */
export interface Payload {
  readonly agent?: string;
  readonly number?: string;
  readonly alias?: string;
  readonly tree?: string | null;
  readonly generation?: number;
  readonly reason?: string;
  readonly name?: string;
  readonly operation?: number;
  readonly kind?: string;
  readonly request?: Content;
  readonly record?: { readonly kind: string; readonly request: Content };
  readonly outcome?: Outcome;
  readonly approval?: string;
  readonly what?: string;
  readonly why?: string;
  readonly impact?: string;
  readonly role?: string;
  readonly details?: Json;
  readonly expiresAt?: string;
  readonly placement?: {
    readonly provider: string;
    readonly instead: readonly { readonly provider: string; readonly reason: string }[];
  };
  readonly error?: Failure;
  readonly isolation?: { readonly program: string; readonly command: string };
}

/** A value, or where a large one lies. */
export type Content = { readonly inline: Json } | { readonly blob: string; readonly size: number };

export interface Failure {
  readonly code: string;
  readonly message: string;
}

export type Outcome =
  | { readonly ok: true; readonly value: Content }
  | { readonly ok: false; readonly error: Failure };

export const payloadOf = (event: RunEvent): Payload => event.payload as Payload;

/** A JSON object as a bag of members; anything else is an empty one. */
export type Members = Readonly<Record<string, Json | undefined>>;

export function membersOf(content: Content | undefined): Members {
  if (content === undefined || !('inline' in content)) return {};
  const { inline } = content;
  return typeof inline === 'object' && inline !== null && !Array.isArray(inline) ? (inline as Members) : {};
}
