import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { clientSettings } from './settings.ts';

export interface BlobStoreSettings {
  /** `id:secret`, where the blob store has credentials of its own; otherwise those of the process. */
  readonly credentials?: string | undefined;
  /** The origin that signed addresses are to have, such as `http://localhost:4400`; otherwise that of the store. */
  readonly signedUrl?: string | undefined;
}

/** Clients of one blob store. */
export interface BlobClients {
  readonly client: S3Client;
  /** Makes addresses and sends nothing: its endpoint is where others reach the store. */
  readonly signing: S3Client;
}

/** Clients of the blob store; a store that is not AWS's own is addressed by paths, as it has no names for buckets. */
export function blobClients(
  { credentials, signedUrl }: BlobStoreSettings,
  env: Readonly<Record<string, string | undefined>>,
): BlobClients {
  const elsewhere = env['AWS_ENDPOINT_URL_S3'] ?? env['AWS_ENDPOINT_URL'];
  const settings: S3ClientConfig = {
    ...clientSettings,
    // What is stored here is named by its SHA-256, which is sent and compared anyway.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    forcePathStyle: elsewhere !== undefined,
    ...(credentials === undefined ? {} : { credentials: keyPair(credentials) }),
  };
  const client = new S3Client(settings);
  if (signedUrl === undefined) return { client, signing: client };
  return { client, signing: new S3Client({ ...settings, endpoint: signedUrl, forcePathStyle: true }) };
}

function keyPair(credentials: string): { readonly accessKeyId: string; readonly secretAccessKey: string } {
  const [accessKeyId = '', ...secret] = credentials.split(':');
  return { accessKeyId, secretAccessKey: secret.join(':') };
}
