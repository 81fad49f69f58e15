import { createPrivateKey, hkdfSync } from 'node:crypto';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { HeadSigner, Tickets } from '../../shared/ports/identity.ts';
import type { WebhookSecrets } from '../../shared/ports/webhooks.ts';

/** What a key is for; two purposes never share one, even if they are given the same secret. */
type Purpose = 'tickets' | 'heads' | 'webhooks';

/** 32 bytes, always the same for a secret and a purpose. */
export function derivedKey(secret: string, purpose: Purpose): Buffer {
  if (secret.length < 32) {
    const message = `The secret of the key for ${purpose} has fewer than 32 characters`;
    throw new TandemError('internal', { message });
  }
  return Buffer.from(hkdfSync('sha256', secret, '', `tandem ${purpose} 1`, 32));
}

/** How a private Ed25519 key of 32 bytes begins in PKCS #8 (RFC 8410). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The private key (PEM) that heads of runs are signed with. */
export function headKey(secret: string): string {
  const der = Buffer.concat([pkcs8, derivedKey(secret, 'heads')]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Asked once; what has failed is asked again. */
export function remembered<T>(ask: () => Promise<T>): () => Promise<T> {
  let known: Promise<T> | undefined;
  return () => {
    known ??= ask().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}

type Later<T> = () => Promise<T>;

/** Tickets by a key that is fetched when the first one is issued or checked. */
export const ticketsLater = (tickets: Later<Tickets>): Tickets => ({
  issue: async (ticket) => (await tickets()).issue(ticket),
  verify: async (token) => (await tickets()).verify(token),
});

/** Signs by a key that is fetched when the first run ends here; verifying takes no key. */
export const signerLater = (signer: Later<HeadSigner>, verify: HeadSigner['verify']): HeadSigner => ({
  sign: async (message) => (await signer()).sign(message),
  verify,
});

export const webhookSecretsLater = (secrets: Later<WebhookSecrets>): WebhookSecrets => ({
  secret: async (tenant, webhook, number) => (await secrets()).secret(tenant, webhook, number),
});
