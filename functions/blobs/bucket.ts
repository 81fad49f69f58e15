import { needed } from '../needed.ts';
import type { Surroundings } from '../wired.ts';

/** Where blobs are, as the environment says it. */
export interface Bucket {
  readonly bucket: string;
  readonly credentials: string | undefined;
  readonly signedUrl: string | undefined;
  readonly env: Surroundings['env'];
}

export const bucketOf = ({ settings, env }: Surroundings): Bucket => ({
  bucket: needed(settings, 'TANDEM_BUCKET'),
  credentials: settings.TANDEM_BLOBS_CREDENTIALS,
  signedUrl: settings.TANDEM_SIGNED_URL,
  env,
});
