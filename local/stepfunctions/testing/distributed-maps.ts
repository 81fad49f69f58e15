import { MockedObjects } from '../mocks/mocked-objects.ts';
import type { Harness } from './harness.ts';

export const call = (functionName: string): object => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: functionName, 'Payload.$': '$' },
  OutputPath: '$.Payload',
  End: true,
});
export const pass = { Type: 'Pass', End: true };

export const map = (state: object, rest: object = {}): object => ({
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'One',
        States: { One: state },
      },
      End: true,
      ...rest,
    },
    ...('Catch' in rest ? { Caught: { Type: 'Pass', End: true } } : {}),
  },
});

export const reading = (config: object, rest: object = {}): object => ({
  ItemReader: {
    Resource: 'arn:aws:states:::s3:getObject',
    ReaderConfig: config,
    Parameters: { Bucket: 'b', 'Key.$': '$.key' },
  },
  ...rest,
});

export const bucket = (objects: Readonly<Record<string, string>>): MockedObjects =>
  new MockedObjects(
    Object.entries(objects).map(([Key, Body]) => ({ Bucket: 'b', Key, Body, Encoding: 'utf8' as const })),
  );

export const output = (text: string | undefined): unknown => JSON.parse(text ?? 'null');
export const line = (harness: Harness): readonly string[] =>
  harness.history().map(({ id, previousEventId, type }) => `${id} after ${previousEventId} ${type}`);

export const children = (harness: Harness, label: string, id = 1) => {
  const { journal } = harness.stepFunctions;
  const run = journal.mapRuns.get(id);
  return journal.list({
    machine: `machine/${run?.label ?? label}`,
    status: undefined,
    before: undefined,
    limit: 1_000,
  });
};
