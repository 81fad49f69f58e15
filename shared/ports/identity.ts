import type { Role } from '../domain/audit/records.ts';

/** Who calls. */
export interface Principal {
  readonly tenant: string;
  readonly subject: string;
  readonly roles: readonly Role[];
}

/** Verifies bearer tokens. */
export interface Identity {
  /** The principal, or throws `auth.invalid`. */
  verify(token: string): Promise<Principal>;
}

/** What a ticket allows: to work on one operation, under one generation, until its timeout (rule 10). */
export interface Ticket {
  readonly tenant: string;
  readonly run: string;
  readonly operation: number;
  readonly generation: number;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Issues and checks tickets. */
export interface Tickets {
  issue(ticket: Ticket): Promise<string>;
  /** The ticket, or throws `auth.invalid` when forged or expired. */
  verify(token: string): Promise<Ticket>;
}

/** Signs the heads of ended runs (Ed25519). */
export interface HeadSigner {
  sign(message: string): Promise<{ readonly key: string; readonly value: string }>;
  /** Whether `value` is the signature of `message` by `key`. */
  verify(message: string, signature: { readonly key: string; readonly value: string }): boolean;
}
