import {
  CreateStateMachineCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { Json } from '../../../shared/domain/json.ts';
import { unknown } from './compare-execution.ts';
import { difference } from './difference.ts';
import { type Session, withServer } from './session.ts';
import type { VariableReferencesVector } from './vector.ts';
import { type Verdict, verdictOf } from './verdict.ts';

const roleArn = 'arn:aws:iam::111111111111:role/variable-references';

export async function runVariableReferences(vector: VariableReferencesVector): Promise<Verdict> {
  const told = await withServer(undefined, (session) => described(session, vector));
  const { variableReferences } = vector.expected;
  const checks = vector.compare.map((field) => ({
    field,
    difference:
      field === 'variableReferences'
        ? difference(variableReferences, told, { path: '$.variableReferences' })
        : unknown(field)(),
  }));
  return verdictOf(vector, checks);
}

async function described({ client }: Session, vector: VariableReferencesVector): Promise<Json | undefined> {
  const definition = JSON.stringify(vector.definition);
  const { stateMachineArn } = await client.send(
    new CreateStateMachineCommand({ name: 'machine', roleArn, definition }),
  );
  if (vector.api === 'DescribeStateMachine') {
    return (await client.send(new DescribeStateMachineCommand({ stateMachineArn }))).variableReferences;
  }
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn }));
  const told = await client.send(new DescribeStateMachineForExecutionCommand({ executionArn }));
  return told.variableReferences;
}
