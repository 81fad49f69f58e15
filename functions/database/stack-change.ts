import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse } from 'aws-lambda';

/** What a change of a stack takes. */
export interface StackChange {
  /** Does what the resource stands for, again and again with the same outcome. */
  readonly makeReady: () => Promise<void>;
  /** Hands the answer over at a signed address. */
  readonly answer: (url: string, answer: CloudFormationCustomResourceResponse) => Promise<void>;
}

/** Characters of a reason; CloudFormation takes 4 KiB for a whole answer. */
const mostOfReason = 1_000;

/**
 * Serves a resource of a stack that CloudFormation does not know: made and updated alike; there is nothing to take away that
 * does not go with the stack. What fails fails the deployment, with the cause in its events.
 */
export function stackChangeFunction({
  makeReady,
  answer,
}: StackChange): (event: CloudFormationCustomResourceEvent) => Promise<void> {
  return async (event) => {
    const { RequestType, ResponseURL, StackId, RequestId, LogicalResourceId } = event;
    const failure = RequestType === 'Delete' ? undefined : await failureOf(makeReady);
    await answer(ResponseURL, {
      ...(failure === undefined ? { Status: 'SUCCESS' } : { Status: 'FAILED', Reason: failure }),
      // The same for ever: another would have CloudFormation take the one before away.
      PhysicalResourceId: LogicalResourceId,
      StackId,
      RequestId,
      LogicalResourceId,
    });
  };
}

async function failureOf(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    console.error(error);
    const reason = error instanceof Error ? error.message : String(error);
    return reason.slice(0, mostOfReason) || 'No reason is known';
  }
}

/** Puts an answer where CloudFormation waits for it: signed without a type of content, so it is sent without one. */
export async function putAnswer(url: string, answer: CloudFormationCustomResourceResponse): Promise<void> {
  const { ok, status } = await fetch(url, {
    method: 'PUT',
    headers: { 'content-type': '' },
    body: JSON.stringify(answer),
  });
  if (!ok) throw new Error(`CloudFormation takes no answer: ${status}`);
}
