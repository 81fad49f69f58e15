import { createHmac, timingSafeEqual } from 'node:crypto';
import { TandemError } from '../errors/tandem-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ticket, Tickets } from '../ports/identity.ts';
import { type KeySource, keyFrom } from './key-source.ts';

export interface HmacTicketsOptions {
  /** At least 32 bytes; whoever has it can issue tickets. */
  readonly key: KeySource;
  readonly clock: Clock;
}

type Fields = readonly [
  tenant: string,
  run: string,
  operation: number,
  generation: number,
  expiresAt: number,
];

/** Tickets as compact tokens, `<fields>.<HMAC-SHA256>`, both base64url; nothing is stored. */
export class HmacTickets implements Tickets {
  readonly #key: KeySource;
  readonly #clock: Clock;

  constructor({ key, clock }: HmacTicketsOptions) {
    this.#key = key;
    this.#clock = clock;
  }

  async issue({ tenant, run, operation, generation, expiresAt }: Ticket): Promise<string> {
    const fields: Fields = [tenant, run, operation, generation, expiresAt];
    const text = Buffer.from(JSON.stringify(fields)).toString('base64url');
    return `${text}.${await this.#mac(text)}`;
  }

  async verify(token: string): Promise<Ticket> {
    const [text = '', mac = '', ...rest] = token.split('.');
    if (rest.length > 0 || !sameText(mac, await this.#mac(text)))
      throw refused('The ticket was not issued here.');
    const fields = JSON.parse(Buffer.from(text, 'base64url').toString()) as Fields;
    const [tenant, run, operation, generation, expiresAt] = fields;
    if (expiresAt <= this.#clock.now()) throw refused('The ticket has expired.');
    return { tenant, run, operation, generation, expiresAt };
  }

  async #mac(text: string): Promise<string> {
    return createHmac('sha256', await keyFrom(this.#key))
      .update(`tandem ticket 1\n${text}`)
      .digest('base64url');
  }
}

/** In a time that tells nothing about where texts differ. */
function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function refused(message: string): TandemError {
  return new TandemError('auth.invalid', { message });
}
