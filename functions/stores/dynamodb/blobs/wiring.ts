import { DynamoBlobs } from '../../../../shared/aws/dynamodb/blobs.ts';
import { openDynamoStore } from '../../../../shared/aws/dynamodb/store.ts';
import { dynamoDbClient } from '../../../../shared/aws/sdk/dynamodb.ts';
import type { Blobs } from '../../../../shared/ports/blobs.ts';

/** Small blobs in tables whose names begin with `table`, in front of what keeps larger ones. */
export function dynamoBlobs(table: string, larger: Blobs): Blobs {
  return new DynamoBlobs(openDynamoStore({ client: dynamoDbClient(), table }), { larger });
}
