import type { Identity, RequestHeaders } from '../ports/identity.ts';
import { type Link, refusedToken } from './link.ts';

const noHeaders: RequestHeaders = {};

/**
 * Holds a token against the links in their order: the first that accepts its kind decides, and a credential that no link
 * accepts is refused. `recognise`: what is made of requests without a token.
 */
export function identityChain(links: readonly Link[], recognise?: Identity['recognise']): Identity {
  return {
    async verify(token, headers = noHeaders) {
      for (const link of links) if (link.accepts(token)) return link.verify(token, headers);
      throw refusedToken('is of no kind that this server accepts, or from an issuer that it does not trust');
    },
    ...(recognise && { recognise }),
  };
}
