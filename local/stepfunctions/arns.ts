import { splitTestCase } from './mocks/test-case.ts';

/** Where this Step Functions pretends to be. */
export interface Place {
  readonly region: string;
  readonly account: string;
}

export const defaultPlace: Place = { region: 'us-east-1', account: '000000000000' };

/** Of a machine; with a version's number or an alias behind it, of that. */
export const machineArn = (
  { region, account }: Place,
  machine: string,
  qualifier?: string | number,
): string =>
  `arn:aws:states:${region}:${account}:stateMachine:${machine}${qualifier === undefined ? '' : `:${qualifier}`}`;

export const executionArn = ({ region, account }: Place, machine: string, name: string): string =>
  `arn:aws:states:${region}:${account}:execution:${machine}:${name}`;

/** Of an Express execution: many may have its name, one has its id. */
export const expressArn = (
  { region, account }: Place,
  { machine, name, id }: { readonly machine: string; readonly name: string; readonly id: string },
): string => `arn:aws:states:${region}:${account}:express:${machine}:${name}:${id}`;

export const activityArn = ({ region, account }: Place, name: string): string =>
  `arn:aws:states:${region}:${account}:activity:${name}`;

export const roleArn = ({ account }: Place, name: string): string => `arn:aws:iam::${account}:role/${name}`;

/** An ARN of Step Functions taken apart. */
export interface ArnParts extends Place {
  /** `stateMachine`, `execution`, `activity`, … */
  readonly type: string;
  /** What follows the type, between colons. */
  readonly names: readonly string[];
}

const pattern = /^arn:aws[\w-]*:states:([\w-]*):(\d*):(\w+):(.+)$/s;

/** `undefined` when this is no ARN of Step Functions. */
export function partsOfArn(arn: string): ArnParts | undefined {
  const [, region, account, type, rest] = pattern.exec(arn) ?? [];
  if (region === undefined || account === undefined || type === undefined) return undefined;
  return { region, account, type, names: rest?.split(':') ?? [] };
}

export interface MachineName extends Place {
  readonly machine: string;
  /** Number of a version, or name of an alias. */
  readonly qualifier: string | undefined;
  /** The test case of the mock configuration, behind a `#`. */
  readonly testCase: string | undefined;
}

/** What the ARN of a machine, a version or an alias names, or `undefined` when this is none. */
export function machineOfArn(arn: string): MachineName | undefined {
  const { arn: plain, testCase } = splitTestCase(arn);
  const parts = partsOfArn(plain);
  if (parts?.type !== 'stateMachine') return undefined;
  const [machine = '', qualifier, ...more] = parts.names;
  if (machine === '' || qualifier === '' || more.length > 0) return undefined;
  return { region: parts.region, account: parts.account, machine, qualifier, testCase };
}

export interface ExecutionName {
  readonly machine: string;
  readonly name: string;
}

export function executionOfArn(arn: string): (ExecutionName & Place) | undefined {
  const parts = partsOfArn(arn);
  const [machine = '', name = '', ...more] = parts?.names ?? [];
  if (parts?.type !== 'execution' || machine === '' || name === '' || more.length > 0) return undefined;
  return { region: parts.region, account: parts.account, machine, name };
}

/** `machine`: with the label of its Map state behind a slash. */
export function mapRunOfArn(
  arn: string,
): (Place & { readonly machine: string; readonly uuid: string }) | undefined {
  const parts = partsOfArn(arn);
  const [machine = '', uuid = '', ...more] = parts?.names ?? [];
  if (parts?.type !== 'mapRun' || machine === '' || uuid === '' || more.length > 0) return undefined;
  return { region: parts.region, account: parts.account, machine, uuid };
}

export function activityOfArn(arn: string): (Place & { readonly name: string }) | undefined {
  const parts = partsOfArn(arn);
  const [name = '', ...more] = parts?.names ?? [];
  if (parts?.type !== 'activity' || name === '' || more.length > 0) return undefined;
  return { region: parts.region, account: parts.account, name };
}

export const isSamePlace = (one: Place, other: Place): boolean =>
  one.region === other.region && one.account === other.account;
