import { setTimeout } from 'node:timers/promises';
import type {
  CloudFormationCustomResourceEvent,
  CloudFormationCustomResourceResponse,
  Context,
} from 'aws-lambda';

/** What a change of a stack takes. */
export interface StackChange {
  /** Does what the resource stands for, again and again with the same outcome. */
  readonly makeReady: () => Promise<void>;
  /** Hands the answer over at a signed address. */
  readonly answer: (url: string, answer: CloudFormationCustomResourceResponse) => Promise<void>;
}

/** What is kept of the time of a call to hand the answer over, in milliseconds. */
const forAnswer = 5_000;

/** How long CloudFormation has to take an answer, in milliseconds: what is left is for the log. */
const answerTimeout = 4_000;

/** Characters of a reason; CloudFormation takes 4 KiB for a whole answer. */
const mostOfReason = 1_000;

/**
 * Serves a resource of a stack that CloudFormation does not know: made and updated alike; there is nothing to take away that
 * does not go with the stack. What fails fails the deployment, with the cause in its events; so does what is not done when the
 * time of the call is nearly over, as CloudFormation would otherwise wait ten minutes for an answer that nobody gives.
 */
export function stackChangeFunction({
  makeReady,
  answer,
}: StackChange): (
  event: CloudFormationCustomResourceEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
) => Promise<void> {
  return async (event, context) => {
    const { RequestType, ResponseURL, StackId, RequestId, LogicalResourceId } = event;
    const time = context.getRemainingTimeInMillis() - forAnswer;
    const failure = RequestType === 'Delete' ? undefined : await failureOf(() => within(time, makeReady));
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

/** Throws where some work is not done after so many milliseconds; it is left to itself then. */
async function within(milliseconds: number, work: () => Promise<void>): Promise<void> {
  const done = new AbortController();
  const late = async () => {
    await setTimeout(milliseconds, undefined, { signal: done.signal });
    const seconds = Math.round(milliseconds / 1_000);
    throw new Error(`The database was not ready after ${seconds} s: look at the log of this function.`);
  };
  try {
    await Promise.race([work(), late()]);
  } finally {
    done.abort();
  }
}

/** Puts an answer where CloudFormation waits for it: signed without a type of content, so it is sent without one. */
export async function putAnswer(url: string, answer: CloudFormationCustomResourceResponse): Promise<void> {
  const { ok, status } = await fetch(url, {
    method: 'PUT',
    headers: { 'content-type': '' },
    body: JSON.stringify(answer),
    signal: AbortSignal.timeout(answerTimeout),
  });
  if (!ok) throw new Error(`CloudFormation takes no answer: ${status}`);
}
