import type { Role } from '../domain/audit/records.ts';

/** Who calls. */
export interface Principal {
  readonly tenant: string;
  readonly subject: string;
  readonly roles: readonly Role[];
}

/** Header fields of a request, with names as the client wrote them. */
export type RequestHeaders = Readonly<Record<string, string | undefined>>;

/** Says who calls. */
export interface Identity {
  /** The principal behind a bearer token. Throws `auth.invalid`, or `auth.unavailable` when nobody can tell now. */
  verify(token: string, headers?: RequestHeaders): Promise<Principal>;
  /**
   * The principal of a request without a bearer token; `undefined` when it is nobody's. Absent where each request has to
   * bring a token. Throws like `verify`.
   */
  recognise?(headers: RequestHeaders): Promise<Principal | undefined>;
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
