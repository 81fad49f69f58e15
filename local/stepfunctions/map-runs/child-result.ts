import type { Json } from '../../../shared/domain/json.ts';
import type { ChildRow } from '../journal/map-runs.ts';

/** A child execution that has begun, with what it was given and what came of it. */
export interface ChildResult extends ChildRow {
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  /** JSON texts. */
  readonly input: string;
  readonly output?: string | undefined;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

/** All that is known of a child, as results are written. */
export function childDetails(child: ChildResult): Json {
  const { output, error, cause, startedAt, endedAt, status } = child;
  return {
    ExecutionArn: child.arn,
    Input: child.input,
    InputDetails: { Included: true },
    Name: child.name,
    ...(output === undefined ? {} : { Output: output, OutputDetails: { Included: true } }),
    ...(error === undefined ? {} : { Error: error }),
    ...(cause === undefined ? {} : { Cause: cause }),
    ...redrive(child),
    StartDate: new Date(startedAt).toISOString(),
    StateMachineArn: child.machineArn,
    Status: status,
    ...(endedAt === null ? {} : { StopDate: new Date(endedAt).toISOString() }),
  };
}

function redrive({ status }: ChildResult): Record<string, Json> {
  const common = { RedriveCount: 0 };
  if (status !== 'SUCCEEDED') return { ...common, RedriveStatus: 'REDRIVABLE' };
  const reason = `Execution is ${status} and cannot be redriven`;
  return { ...common, RedriveStatus: 'NOT_REDRIVABLE', RedriveStatusReason: reason };
}

/** What becomes of a child in the results: JSON texts, none to several. One that has failed is told in full. */
export function resultTexts(child: ChildResult, transformation: 'NONE' | 'COMPACT' | 'FLATTEN'): string[] {
  const { output } = child;
  if (transformation === 'NONE' || output === undefined) return [JSON.stringify(childDetails(child))];
  if (transformation === 'COMPACT' || !output.trimStart().startsWith('[')) return [output];
  return (JSON.parse(output) as Json[]).map((item) => JSON.stringify(item));
}
