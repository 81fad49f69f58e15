import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../ports/clock.ts';
import type { ExportedRuns, Exports } from '../ports/exports.ts';
import { refusedAddress } from './signed-url.ts';

export interface ExportSigning {
  /** At least 32 bytes; whoever has it can sign addresses. */
  readonly key: Uint8Array;
  readonly clock: Clock;
}

export interface SignedExportsOptions extends ExportSigning {
  /** Where the gateway is reached; asked each time, as the port may be chosen late. */
  readonly baseUrl: () => string;
}

const path = /^\/v1\/exports\/([a-z0-9][a-z0-9-]{0,62})\/(run_[0-9a-z_-]{1,72})$/;

/** Addresses at the gateway, which makes the file while it is fetched. */
export class SignedExports implements Exports {
  readonly #options: SignedExportsOptions;

  constructor(options: SignedExportsOptions) {
    this.#options = options;
  }

  async signedUrl(runs: ExportedRuns, expiresIn: number): Promise<string> {
    const { key, clock, baseUrl } = this.#options;
    const expires = Math.floor(clock.now() / 1_000) + expiresIn;
    const query = new URLSearchParams({
      children: String(runs.children),
      expires: String(expires),
      signature: signature(runs, expires, key).toString('hex'),
    });
    return `${baseUrl()}/v1/exports/${runs.tenant}/${runs.run}?${query}`;
  }
}

/** What an address (from its path on) stands for; throws `address.refused` when it isn't good. */
export function verifySignedExport(address: string, { key, clock }: ExportSigning): ExportedRuns {
  const url = URL.parse(address, 'http://localhost');
  const [, tenant = '', run = ''] = path.exec(url?.pathname ?? '') ?? [];
  const runs = { tenant, run, children: url?.searchParams.get('children') === 'true' };
  const expires = Number(url?.searchParams.get('expires'));
  const given = Buffer.from(url?.searchParams.get('signature') ?? '', 'hex');
  const expected = signature(runs, expires, key);
  if (run === '' || given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw refusedAddress('The address was changed or not signed here.');
  }
  if (expires * 1_000 <= clock.now()) {
    throw refusedAddress('The address has expired.');
  }
  return runs;
}

function signature({ tenant, run, children }: ExportedRuns, expires: number, key: Uint8Array): Buffer {
  const text = JSON.stringify([tenant, run, children, expires]);
  return createHmac('sha256', key).update(`tandem export 1\n${text}`).digest();
}
