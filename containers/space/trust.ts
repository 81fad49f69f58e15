import { X509Certificate } from 'node:crypto';
import type { RequestOptions } from 'node:https';

let trusted: RequestOptions | undefined;

/**
 * From now on nobody is believed to be the server but who shows this very certificate (PEM), whatever name it bears: the
 * worker was given it by the server itself.
 */
export function trustOnly(certificate: string): void {
  const { fingerprint256 } = new X509Certificate(certificate);
  trusted = {
    ca: certificate,
    // It need not be one that signs.
    allowPartialTrustChain: true,
    checkServerIdentity: (host, shown) =>
      shown.fingerprint256 === fingerprint256 ? undefined : new Error(`${host} shows another certificate`),
  };
}

/** How whoever answers over https is checked: by what was trusted, else as the system does. */
export const trustOptions = (): RequestOptions => trusted ?? {};
