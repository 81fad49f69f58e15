import { createPrivateKey } from 'node:crypto';
import type { HeadSigner, Tickets } from '../../shared/ports/identity.ts';
import type { WebhookSecrets } from '../../shared/ports/webhooks.ts';

/** Made of a key that is fetched when it is first needed: most requests need none. */
type Later<T> = () => Promise<T>;

/** How a private Ed25519 key of 32 bytes begins in PKCS #8 (RFC 8410). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The private key (PEM) that heads of runs are signed with, from 32 bytes. */
export function headKey(key: Uint8Array): string {
  const der = Buffer.concat([pkcs8, key]);
  const made = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return made.export({ type: 'pkcs8', format: 'pem' }).toString();
}

export const ticketsLater = (tickets: Later<Tickets>): Tickets => ({
  issue: async (ticket) => (await tickets()).issue(ticket),
  verify: async (token) => (await tickets()).verify(token),
});

/** Verifying takes no key. */
export const signerLater = (signer: Later<HeadSigner>, verify: HeadSigner['verify']): HeadSigner => ({
  sign: async (message) => (await signer()).sign(message),
  verify,
});

export const webhookSecretsLater = (secrets: Later<WebhookSecrets>): WebhookSecrets => ({
  secret: async (tenant, webhook, number) => (await secrets()).secret(tenant, webhook, number),
});
