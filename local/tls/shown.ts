import { X509Certificate } from 'node:crypto';
import { type CertificateOptions, type ServerCertificate, serverCertificate } from './server-certificate.ts';

/** What a server shows to whoever connects, which is nothing without TLS. */
export interface Shown {
  readonly tls: ServerCertificate | undefined;
  /** For workers: they are told which certificate is the server's, whoever vouches for it. */
  readonly certificate: () => string | undefined;
  /** For the command line: what it has to pin, where nobody else vouches for it. */
  pinned(): { readonly certificate?: string };
  /** Where the command line asks: by a name that a certificate from elsewhere is good for. */
  url(listening: string): string;
  /** Makes anew what is about to end; whether there is anything new. */
  renew(): Promise<boolean>;
}

export async function openShown(options: CertificateOptions): Promise<Shown> {
  let current = await serverCertificate(options);
  return {
    get tls() {
      return current;
    },
    // The first one: what follows it vouches for it.
    certificate: () => current && new X509Certificate(current.certificate).toString(),
    pinned: () => (current?.own ? { certificate: current.certificate } : {}),
    url: (listening) =>
      current?.own === false ? (options.settings.TANDEM_PUBLIC_URL ?? listening) : listening,
    async renew() {
      const next = await serverCertificate(options);
      const isNew = next?.certificate !== current?.certificate;
      current = next;
      return isNew;
    },
  };
}
