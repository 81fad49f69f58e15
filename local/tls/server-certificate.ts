import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { SettingError } from '../../shared/errors/setting-error.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { Settings } from '../../shared/protocol/environment/environment.ts';
import { writePrivateFile } from '../data-folder/private-file.ts';
import type { KeyAndCertificate } from './self-signed.ts';

/** What a server shows: certificate and key, and whether it made them itself. */
export interface ServerCertificate extends KeyAndCertificate {
  readonly own: boolean;
}

/** A certificate that ends sooner than this, in milliseconds, is made anew. */
const renewMs = 30 * 24 * 3_600_000;

export interface CertificateOptions {
  /** `tls/` in the data folder. */
  readonly folder: string;
  readonly settings: Settings<'server'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * The certificate that the settings ask for: one that was brought along, or the data folder's own, which is made on the
 * first start and renewed before it ends. `undefined` without TLS. Throws `SettingError` and `data.damaged`.
 */
export async function serverCertificate(options: CertificateOptions): Promise<ServerCertificate | undefined> {
  const { TANDEM_TLS: tls, TANDEM_TLS_CERT: certificate, TANDEM_TLS_KEY: key } = options.settings;
  if (certificate !== undefined && key !== undefined) return broughtAlong(certificate, key);
  if (certificate !== undefined || key !== undefined) {
    throw new SettingError('A certificate and its key go together: --tls-cert with --tls-key');
  }
  return tls === 'on' ? ownCertificate(options) : undefined;
}

function broughtAlong(certificateFile: string, keyFile: string): ServerCertificate {
  const certificate = given('--tls-cert', certificateFile);
  const key = given('--tls-key', keyFile);
  try {
    if (new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key))) {
      return { certificate, key, own: false };
    }
  } catch (cause) {
    throw new SettingError(
      `--tls-cert takes a certificate and --tls-key its key, as PEM: ${(cause as Error).message}`,
    );
  }
  throw new SettingError('The certificate of --tls-cert belongs to another key than that of --tls-key');
}

function given(flag: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new SettingError(
      `${flag} takes a file; ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`,
    );
  }
}

async function ownCertificate({ folder, settings, now }: CertificateOptions): Promise<ServerCertificate> {
  const hosts = hostsOf(settings);
  const paths = { key: join(folder, 'key.pem'), certificate: join(folder, 'certificate.pem') };
  const kept = stored(paths);
  if (kept !== undefined && isGood(kept, hosts, now())) return { ...kept, own: true };
  const { selfSigned } = await import('./self-signed.ts');
  const made = await selfSigned(hosts, now());
  // A start that is cut off in between finds two that do not belong together, and makes them again.
  await writePrivateFile(paths.key, made.key);
  await writePrivateFile(paths.certificate, made.certificate);
  return { ...made, own: true };
}

/** Where the server may be asked for: loopback, the host that it listens on, this machine, and its public name. */
function hostsOf({ TANDEM_HOST: host, TANDEM_PUBLIC_URL: url }: Settings<'server'>): string[] {
  const named = url === undefined ? undefined : new URL(url).hostname.replace(/^\[|\]$/g, '');
  const hosts = ['localhost', '127.0.0.1', '::1', hostname().toLowerCase(), host, named];
  const wildcards = ['0.0.0.0', '::', ''];
  return [...new Set(hosts.filter((one) => one !== undefined && !wildcards.includes(one)) as string[])];
}

function stored(paths: {
  readonly key: string;
  readonly certificate: string;
}): KeyAndCertificate | undefined {
  try {
    return { key: readFileSync(paths.key, 'utf8'), certificate: readFileSync(paths.certificate, 'utf8') };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new TandemError('data.permission', { message: `${paths.key} cannot be read`, cause });
  }
}

function isGood({ key, certificate }: KeyAndCertificate, hosts: readonly string[], now: number): boolean {
  try {
    const parsed = new X509Certificate(certificate);
    return (
      Date.parse(parsed.validTo) - now > renewMs &&
      parsed.checkPrivateKey(createPrivateKey(key)) &&
      hosts.every((host) => parsed.checkHost(host) !== undefined || parsed.checkIP(host) !== undefined)
    );
  } catch {
    // A server's own certificate is worth nothing by itself: a damaged one is made anew.
    return false;
  }
}
