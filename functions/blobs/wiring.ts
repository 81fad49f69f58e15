import type { Blobs } from '../../shared/ports/blobs.ts';
import { later } from '../later.ts';
import { needed } from '../needed.ts';
import { remembered } from '../remembered.ts';
import type { Part, Surroundings } from '../wired.ts';
import { bucketOf } from './bucket.ts';

/** Small ones lie with the logs where that is DynamoDB, which takes an eighth of what S3 does for each. */
export const blobsPart: Part = async (surroundings) => {
  const { settings } = surroundings;
  const larger = objects(surroundings);
  if (settings.TANDEM_STORE === 'postgres') return { blobs: larger };
  const { dynamoBlobs } = await import('../stores/dynamodb/blobs/wiring.ts');
  return { blobs: dynamoBlobs(needed(settings, 'TANDEM_TABLE'), larger) };
};

function objects(surroundings: Surroundings): Blobs {
  const bucket = bucketOf(surroundings);
  const loaded = remembered(async () => (await import('./s3/wiring.ts')).s3Blobs(bucket, surroundings.clock));
  return { forTenant: (tenant) => later(async () => (await loaded()).forTenant(tenant)) };
}
