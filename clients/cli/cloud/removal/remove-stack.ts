import {
  DeleteStackCommand,
  paginateListStackResources,
  ResourceStatus,
  type Stack,
  UpdateTerminationProtectionCommand,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { TandemError } from '../../../../shared/errors/tandem-error.ts';
import type { Aws } from './aws.ts';

/** As long as functions in a network take to leave it, in seconds. */
const patience = 3_600;

/** Removes a stack, protected or not. Throws `stage.failed` with what is in the way. */
export async function removeStack({ stacks: client, pause }: Aws, stack: Stack): Promise<void> {
  const name = stack.StackId ?? stack.StackName;
  if (stack.EnableTerminationProtection) {
    await client.send(
      new UpdateTerminationProtectionCommand({ StackName: name, EnableTerminationProtection: false }),
    );
  }
  try {
    await client.send(new DeleteStackCommand({ StackName: name }));
    await waitUntilStackDeleteComplete({ client, maxWaitTime: patience, ...pause }, { StackName: name });
  } catch (error) {
    throw await notRemoved({ stacks: client }, stack, error as Error);
  }
}

/** Only CloudFormation's own refusals are about the stack: the others say themselves what they are about. */
async function notRemoved({ stacks: client }: Pick<Aws, 'stacks'>, stack: Stack, cause: Error) {
  const { StackName = '', StackId = StackName } = stack;
  if (cause.name === 'ValidationError') return failed(StackName, [cause.message], cause);
  const reasons: string[] = [];
  for await (const page of paginateListStackResources({ client }, { StackName: StackId })) {
    for (const one of page.StackResourceSummaries ?? []) {
      if (one.ResourceStatus !== ResourceStatus.DELETE_FAILED) continue;
      reasons.push(`${one.PhysicalResourceId} (${one.ResourceType}): ${one.ResourceStatusReason}`);
    }
  }
  return reasons.length === 0 ? cause : failed(StackName, reasons, cause);
}

const failed = (stack: string, reasons: readonly string[], cause: Error) =>
  new TandemError('stage.failed', {
    message: `${stack} was not removed: ${reasons.join('; ')}`,
    details: { stack, reasons },
    cause,
  });
