import { CfnParameter, type Stack } from 'aws-cdk-lib';
import type { Stage } from '../stages/stage.ts';

/** Where the blob store has credentials of its own, the deployer gives them: they stand in no template. */
export function blobsCredentials(stack: Stack, { surroundings }: Stage): { blobsCredentials?: string } {
  if (surroundings === undefined) return {};
  const given = new CfnParameter(stack, 'BlobsCredentials', {
    type: 'String',
    noEcho: true,
    description: 'Id and secret of the blob store, with a colon between',
  });
  return { blobsCredentials: given.valueAsString };
}
