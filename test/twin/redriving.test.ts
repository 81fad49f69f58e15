import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  RedriveExecutionCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { ServerProcess } from '../support/server-process.ts';

const hour = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 3_600, End: true } } };

const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };

test('a redrive that was answered survives the death of its server', { timeout: 60_000 }, async (t) => {
  const server = await ServerProcess.inNewFolder({ command: 'stepfunctions' });
  t.after(() => server.remove());
  const connect = async (): Promise<SFNClient> => {
    await server.start();
    const client = new SFNClient({ endpoint: server.url, region: 'us-east-1', credentials });
    t.after(() => client.destroy());
    return client;
  };
  const first = await connect();
  const { stateMachineArn } = await first.send(
    new CreateStateMachineCommand({ name: 'm', roleArn: 'role', definition: JSON.stringify(hour) }),
  );
  const { executionArn } = await first.send(new StartExecutionCommand({ stateMachineArn }));
  await first.send(new StopExecutionCommand({ executionArn }));
  await server.kill();

  const second = await connect();
  const asked = new RedriveExecutionCommand({ executionArn, clientToken: 'token' });
  const { redriveDate } = await second.send(asked);
  await server.kill();

  const third = await connect();
  const described = await third.send(new DescribeExecutionCommand({ executionArn }));
  assert.deepEqual([described.status, described.redriveCount], ['RUNNING', 1]);
  assert.deepEqual(described.redriveDate, redriveDate);
  assert.deepEqual((await third.send(asked)).redriveDate, redriveDate);
});
