import type { Role } from '../../shared/domain/audit/records.ts';
import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import type { Schema } from '../../shared/protocol/schema.ts';

/**
 * What a request must present: a bearer token of a person or machine, the ticket of a worker, an address that was
 * signed for this one request, or nothing.
 */
export type Credential = 'token' | 'ticket' | 'signature' | 'none';

/** One route of the front door. The table of all of them feeds the gateway, CDK, OpenAPI and the SDK. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** As API Gateway writes it: `/v1/runs/{run}`; a last `{name+}` takes the rest of the path. */
  readonly path: string;
  readonly summary: string;
  readonly credential: Credential;
  /** Least role that a token needs; with `credential: 'token'` only. */
  readonly role?: Role;
  /** Path parameters, decoded. */
  readonly params?: Schema;
  readonly query?: Schema;
  /** JSON body; routes without one ignore what is sent. */
  readonly body?: Schema;
  /** Whether an empty body stands for `{}`. */
  readonly bodyOptional?: true;
  /**
   * What an `Idempotency-Key` means here. `by-key`: a repeated request answers as the first. `by-nature`: a repeated
   * request changes nothing more, so a key is accepted and not needed. Without either a POST refuses the key, instead of
   * promising what it does not keep.
   */
  readonly idempotent?: 'by-key' | 'by-nature';
  /** Whether success names in `location` what was made. */
  readonly location?: true;
  /** Status of success. */
  readonly status: number;
  /** What stands in `data` on success. */
  readonly response: Schema;
  /** Errors of its own, besides those that follow from what it asks for. */
  readonly errors?: readonly ErrorCode[];
  /** Whether the answer is the data alone, for readers that know a format of their own. */
  readonly bare?: true;
  /**
   * JSON Lines instead of one document: the reply is an array, `response` the schema of one line, and where it ends a
   * `Link` header with `rel="next"` leads on.
   */
  readonly lines?: true;
  /** Bytes instead of JSON both ways, served by the gateway when embedded and by S3 on AWS. */
  readonly raw?: true;
}

/** Keeps the exact types of the schemas, so that handlers are typed by their route. */
export const defineRoute = <const R extends Route>(route: R): R => route;
