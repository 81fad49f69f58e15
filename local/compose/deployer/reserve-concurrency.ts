import { type LambdaClient, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';

/** `AWS::Lambda::Function` as a template declares it, as far as it is looked at here. */
export interface DeclaredFunction {
  readonly FunctionName: string;
  readonly ReservedConcurrentExecutions?: number;
}

/**
 * Limits how many calls of a function are under way at once, where its template says so: CloudFormation of LocalStack 4.14
 * takes the property and does nothing with it, while its Lambda heeds the limit.
 */
export async function reserveConcurrency(
  client: LambdaClient,
  functions: readonly DeclaredFunction[],
): Promise<void> {
  for (const { FunctionName, ReservedConcurrentExecutions } of functions) {
    if (ReservedConcurrentExecutions === undefined) continue;
    await client.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }));
  }
}
