import { secretsManagerClient } from '../../../shared/aws/sdk/secrets-manager.ts';
import { SecretKeys } from '../../../shared/aws/secrets/secret-keys.ts';
import { isSignature } from '../../../shared/domain/signature.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { HeadSigner, Tickets } from '../../../shared/ports/identity.ts';
import type { WebhookSecrets } from '../../../shared/ports/webhooks.ts';
import { Ed25519Signer } from '../../../shared/system/ed25519-signer.ts';
import { HmacTickets } from '../../../shared/system/hmac-tickets.ts';
import { HmacWebhookSecrets } from '../../../shared/system/hmac-webhook-secrets.ts';
import { headKey, signerLater, ticketsLater, webhookSecretsLater } from '../later.ts';

type Purpose = 'tickets' | 'heads' | 'webhooks';

/** Keys change with their secrets, which are read again now and then: what is made of a key is made each time. */
const keyOf = (secret: string, purpose: Purpose, clock: Clock): (() => Promise<Uint8Array>) =>
  new SecretKeys({ client: secretsManagerClient(), clock }).key(secret, purpose);

export function tickets(secret: string, clock: Clock): Tickets {
  const key = keyOf(secret, 'tickets', clock);
  return ticketsLater(async () => new HmacTickets({ key: await key(), clock }));
}

export function signer(secret: string, clock: Clock): HeadSigner {
  const key = keyOf(secret, 'heads', clock);
  return signerLater(async () => new Ed25519Signer(headKey(await key())), isSignature);
}

export function webhookSecrets(secret: string, clock: Clock): WebhookSecrets {
  const key = keyOf(secret, 'webhooks', clock);
  return webhookSecretsLater(async () => new HmacWebhookSecrets(await key()));
}
