import type { Principal } from '../../shared/ports/identity.ts';
import type { RequestParts } from './call.ts';

export interface Admitted extends RequestParts {
  readonly requestId: string;
  readonly caller: Principal | undefined;
  readonly ticket: string | undefined;
}

/**
 * What an endpoint is called with. A class for the sake of its getter: the front makes a signal only for who asks, and
 * a getter in an object literal would give every request a shape of its own, which outlives the request.
 */
export class IncomingCall implements Omit<Admitted, 'idempotencyKey'> {
  readonly requestId: string;
  readonly caller: Principal | undefined;
  readonly ticket: string | undefined;
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly idempotencyKey: string | undefined;
  readonly #context: { readonly signal?: AbortSignal };

  constructor(admitted: Admitted, context: { readonly signal?: AbortSignal }) {
    this.requestId = admitted.requestId;
    this.caller = admitted.caller;
    this.ticket = admitted.ticket;
    this.params = admitted.params;
    this.query = admitted.query;
    this.body = admitted.body;
    this.idempotencyKey = admitted.idempotencyKey;
    this.#context = context;
  }

  get signal(): AbortSignal | undefined {
    return this.#context.signal;
  }
}
