import { InvokeCommand, type InvokeCommandOutput, type LambdaClient } from '@aws-sdk/client-lambda';
import { TandemError } from '../../errors/tandem-error.ts';

/** What is used of the client: tests stand in for it. */
export type Invoker = Pick<LambdaClient, 'send'>;

export interface Invocation {
  readonly functionName: string;
  /** Whose environment it runs in: nobody else's invocation ever does. Absent where the function isolates no tenants. */
  readonly tenantId: string | undefined;
  /** `Event`: accepted and done later, without an answer. */
  readonly type: 'RequestResponse' | 'Event';
  readonly payload: unknown;
}

/** Invokes a function. Throws `space.unavailable` when Lambda does not take it, or the function ends without an answer. */
export async function invoke(client: Invoker, invocation: Invocation): Promise<unknown> {
  const { functionName, tenantId, type, payload } = invocation;
  const command = new InvokeCommand({
    FunctionName: functionName,
    InvocationType: type,
    Payload: Buffer.from(JSON.stringify(payload)),
    ...(tenantId === undefined ? {} : { TenantId: tenantId }),
  });
  const answer = await (client.send(command) as Promise<InvokeCommandOutput>).catch((error: Error) => {
    throw unavailable(functionName, error.message, error);
  });
  const text = answer.Payload === undefined ? '' : Buffer.from(answer.Payload).toString('utf8');
  if (answer.FunctionError !== undefined) throw unavailable(functionName, text.slice(0, 1_000));
  return text === '' ? undefined : JSON.parse(text);
}

function unavailable(functionName: string, why: string, cause?: unknown): TandemError {
  return new TandemError('space.unavailable', {
    message: `${functionName} could not be invoked: ${why}`,
    cause,
  });
}
