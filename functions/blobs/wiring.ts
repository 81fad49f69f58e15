import { needed } from '../needed.ts';
import type { Part } from '../wired.ts';
import { objects } from './objects.ts';

/** Small ones lie with the logs where that is DynamoDB, which takes an eighth of what S3 does for each. */
export const blobsPart: Part = async (surroundings) => {
  const { settings } = surroundings;
  const larger = objects(surroundings, 'blobs');
  if (settings.TANDEM_STORE === 'postgres') return { blobs: larger };
  const { dynamoBlobs } = await import('../stores/dynamodb/blobs/wiring.ts');
  return { blobs: dynamoBlobs(needed(settings, 'TANDEM_TABLE'), larger) };
};
