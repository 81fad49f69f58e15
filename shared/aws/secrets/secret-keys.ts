import { hkdf } from 'node:crypto';
import { promisify } from 'node:util';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Clock } from '../../ports/clock.ts';
import { readSecret } from './read-secret.ts';

export interface SecretKeysOptions {
  readonly client: Pick<SecretsManagerClient, 'send'>;
  readonly clock: Clock;
  /** How long a secret is known before it is read again, in milliseconds; by default ten minutes. */
  readonly knownMs?: number;
}

interface Known {
  readonly text: Promise<string>;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const derive = promisify(hkdf);

/** The fewest characters that a secret may have: those of 32 random letters and digits are 190 bits. */
const fewest = 32;

/**
 * Keys that come from secrets in Secrets Manager, whose text is random: a secret is read when a key is needed first, and
 * then now and again. While it can't be read again, what was read stands.
 */
export class SecretKeys {
  readonly #options: SecretKeysOptions;
  readonly #known = new Map<string, Known>();

  constructor(options: SecretKeysOptions) {
    this.#options = options;
  }

  /**
   * How to get the key (32 bytes) of one purpose, by HKDF-SHA-256 from the secret: two purposes never have the same key.
   * What it returns throws `cloud.absent`, `cloud.denied` and `cloud.unavailable`.
   */
  key(secret: string, purpose: 'tickets' | 'heads' | 'webhooks'): () => Promise<Uint8Array> {
    return async () => {
      const text = await this.#text(secret);
      return new Uint8Array(await derive('sha256', text, '', `tandem ${purpose} 1`, 32));
    };
  }

  #text(secret: string): Promise<string> {
    const { clock, knownMs = 600_000 } = this.#options;
    const known = this.#known.get(secret);
    if (known !== undefined && clock.now() - known.at < knownMs) return known.text;
    const read = this.#read(secret);
    const text = known === undefined ? read : read.catch(() => known.text);
    this.#known.set(secret, { text, at: clock.now() });
    // A first read that fails is done again by whoever asks next.
    text.catch(() => this.#known.delete(secret));
    return text;
  }

  async #read(secret: string): Promise<string> {
    const text = await readSecret(this.#options.client, secret);
    if (text !== undefined && text.length >= fewest) return text;
    throw new TandemError('cloud.absent', {
      message: `The secret ${secret} holds no text of ${fewest} characters or more.`,
    });
  }
}
