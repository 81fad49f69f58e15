import { isSignature } from '../../shared/domain/signature.ts';
import { later } from '../later.ts';
import { needed } from '../needed.ts';
import type { Part } from '../wired.ts';

const derived = () => import('./secrets/wiring.ts');

export const ticketsPart: Part = ({ settings, clock }) => {
  const secret = needed(settings, 'TANDEM_KEY_TICKETS');
  return { tickets: later(async () => (await derived()).tickets(secret, clock)) };
};

/** Verifying takes no key. */
export const headsPart: Part = ({ settings, clock }) => {
  const secret = needed(settings, 'TANDEM_KEY_HEADS');
  const load = async () => (await derived()).signer(secret, clock);
  return { signer: later(load, { verify: isSignature }) };
};

/** What is sent to webhooks, and where to, is nobody's who has not their key. */
export const webhooksPart: Part = ({ settings, env, clock }) => {
  const secret = needed(settings, 'TANDEM_KEY_WEBHOOKS');
  const egress = {
    private: settings.TANDEM_WEBHOOKS_PRIVATE === 'allow',
    proxied: env['NODE_USE_ENV_PROXY'] === '1',
  };
  return {
    webhookSecrets: later(async () => (await derived()).webhookSecrets(secret, clock)),
    webhookSender: later(async () => (await import('./egress/wiring.ts')).webhookSender(egress)),
  };
};
