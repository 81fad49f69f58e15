import { TandemError } from '../errors/tandem-error.ts';

/** Where a statement or a connection was when it failed: an error of the network says nothing of that by itself. */
export type Phase = 'connecting' | 'working';

/** What follows from a failure. */
export type Failure =
  /** PostgreSQL undid the transaction and would take it again. */
  | { readonly kind: 'undone' }
  /** The connection is gone; what was sent on it may have been done. */
  | { readonly kind: 'lost' }
  /** There is no connection, for now; nothing was sent. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'final'; readonly error: unknown };

/** SQLSTATE of failures that mean something to us: https://www.postgresql.org/docs/current/errcodes-appendix.html. */
const undone = new Set([
  '40001', // serialization_failure
  '40P01', // deadlock_detected
  '55P03', // lock_not_available: `lock_timeout`
]);
const lost = new Set([
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P05', // idle_session_timeout
  '25P03', // idle_in_transaction_session_timeout
]);
const absent = new Set([
  '57P03', // cannot_connect_now: starting, stopping or recovering
  '53300', // too_many_connections
  '25006', // read_only_sql_transaction: this is a copy, or was the writer until now
]);
const overloaded = new Set([
  '57014', // query_canceled: `statement_timeout`
  '53200', // out_of_memory
]);
const full = '53100';

/** Classes of SQLSTATE that speak of who may come in, and where to. */
const denied = ['28', '3D', '3F'];
const insufficientPrivilege = '42501';
const connectionException = '08';

/** Codes of Node for a certificate that is not trusted, besides those that begin with `ERR_TLS`. */
const certificate = /^(CERT_|ERR_TLS|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO)/;

/** What is known of the server, for messages. */
export interface Server {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
}

/** What a failure of PostgreSQL, its driver or the network means. Errors of our own are final as they are. */
export function failureOf(error: unknown, phase: Phase, server: Server): Failure {
  if (error instanceof TandemError) return { kind: 'final', error };
  const state = sqlState(error);
  if (state === undefined) return ofNetwork(error, phase, server);
  if (undone.has(state)) return { kind: 'undone' };
  if (lost.has(state)) return { kind: 'lost' };
  if (absent.has(state)) return { kind: 'absent' };
  if (state.startsWith(connectionException)) return { kind: phase === 'working' ? 'lost' : 'absent' };
  return { kind: 'final', error: translated(error as Error, state, server) };
}

/** The code of an answer of PostgreSQL; absent for everything that did not come from there. */
export function sqlState(error: unknown): string | undefined {
  const isAnswer = error instanceof Error && 'severity' in error && 'code' in error;
  return isAnswer && typeof error.code === 'string' ? error.code : undefined;
}

/** After all attempts have failed. */
export function unavailable(cause: unknown, server: Server): TandemError {
  return new TandemError('store.unavailable', {
    message: `PostgreSQL at ${server.host}:${server.port} does not answer: ${reason(cause)}.`,
    details: detailsOf(cause, server),
    cause,
  });
}

function ofNetwork(error: unknown, phase: Phase, server: Server): Failure {
  const code = nodeCode(error);
  if (code !== undefined && certificate.test(code)) {
    return {
      kind: 'final',
      error: deniedBecause('its certificate is not trusted', error, server),
    };
  }
  return { kind: phase === 'working' ? 'lost' : 'absent' };
}

function translated(error: Error, state: string, server: Server): unknown {
  if (denied.some((kind) => state.startsWith(kind)) || state === insufficientPrivilege)
    return deniedBecause(error.message, error, server);
  if (overloaded.has(state)) {
    return new TandemError('store.unavailable', {
      message: `PostgreSQL at ${server.host}:${server.port} took too long or has no memory left.`,
      details: detailsOf(error, server),
      cause: error,
    });
  }
  if (state === full) {
    return new TandemError('data.full', {
      message: `PostgreSQL at ${server.host}:${server.port} has no space left.`,
      details: detailsOf(error, server),
      cause: error,
    });
  }
  return error;
}

function deniedBecause(why: string, cause: unknown, server: Server): TandemError {
  return new TandemError('store.denied', {
    message: `PostgreSQL at ${server.host}:${server.port} does not let ${server.user} into ${server.database}: ${why}.`,
    details: detailsOf(cause, server),
    cause,
  });
}

function detailsOf(cause: unknown, { host, port }: Server): Record<string, unknown> {
  const code = sqlState(cause) ?? nodeCode(cause);
  return { store: 'postgres', host, port, ...(code === undefined ? {} : { code }) };
}

function nodeCode(error: unknown): string | undefined {
  // Node tries each address of a name, and gathers what came of it.
  const first = error instanceof AggregateError ? error.errors[0] : error;
  const code = first instanceof Error && 'code' in first ? first.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

function reason(cause: unknown): string {
  const first = cause instanceof AggregateError ? cause.errors[0] : cause;
  return first instanceof Error && first.message !== '' ? first.message : 'no reason is known';
}
