/** Where this Step Functions pretends to be. */
export interface Place {
  readonly region: string;
  readonly account: string;
}

export const defaultPlace: Place = { region: 'us-east-1', account: '000000000000' };

export const machineArn = ({ region, account }: Place, machine: string): string =>
  `arn:aws:states:${region}:${account}:stateMachine:${machine}`;

export const executionArn = ({ region, account }: Place, machine: string, name: string): string =>
  `arn:aws:states:${region}:${account}:execution:${machine}:${name}`;

export const roleArn = ({ account }: Place, name: string): string => `arn:aws:iam::${account}:role/${name}`;

const machinePattern = /^arn:aws[\w-]*:states:[\w-]*:\d*:stateMachine:([^:]+)$/;
const executionPattern = /^arn:aws[\w-]*:states:[\w-]*:\d*:execution:([^:]+):([^:]+)$/;

/** The machine's name, or `undefined` when this is no ARN of a machine. */
export function machineOfArn(arn: string): string | undefined {
  return machinePattern.exec(arn)?.[1];
}

export interface ExecutionName {
  readonly machine: string;
  readonly name: string;
}

export function executionOfArn(arn: string): ExecutionName | undefined {
  const [, machine, name] = executionPattern.exec(arn) ?? [];
  return machine === undefined || name === undefined ? undefined : { machine, name };
}
