import { tandemApp } from '../../infra/app.ts';
import { testBundles } from '../../infra/testing/bundles.ts';
import { billOf, type Line, lines } from './bill.ts';
import { countIdle } from './idle.ts';
import { memoryOf } from './memory-of.ts';
import { type Item, monthHours } from './prices.ts';

interface Resource {
  /** Its name within the template. */
  readonly id: string;
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

type Resources = readonly Resource[];

/** What CloudWatch never charges an account for. */
const forNothing = { alarms: 10, dashboards: 3 };

/** Lambda asks a queue that feeds a function with five long polls of 20 s at the same time (Lambda's guide to SQS). */
const pollsAMinute = 15;

/** What a stage costs in a month in which nothing runs, read from its templates; `context` as `npx cdk` takes it. */
export async function atRest(context: Readonly<Record<string, string>>): Promise<Line[]> {
  const where = { account: '123456789012', region: 'us-east-1' };
  const { stacks } = tandemApp(testBundles, where, { context }).synth();
  const all = stacks.flatMap(({ template }) =>
    Object.entries((template.Resources ?? {}) as Record<string, Omit<Resource, 'id'>>).map(([id, one]) => ({
      id,
      ...one,
    })),
  );
  const kept = lines(keptQuantities(all));
  const called = (await Promise.all(schedulesOf(all).map(callsOf))).flat();
  const onDynamo = all.some(({ Type }) => Type === 'AWS::DynamoDB::Table');
  return summed([...kept, ...called.filter(({ item }) => onDynamo || item !== 'readUnit')]);
}

/** What is paid for by being there. */
function keptQuantities(all: Resources): Partial<Record<Item, number>> {
  const of = (type: string) => all.filter(({ Type }) => Type === type);
  const count = (type: string) => of(type).length;
  const tasks = servedTasks(of('AWS::ECS::Service'), of('AWS::ECS::TaskDefinition'));
  return {
    keyMonth: count('AWS::KMS::Key'),
    secretMonth: count('AWS::SecretsManager::Secret'),
    alarmMonth: Math.max(0, count('AWS::CloudWatch::Alarm') - forNothing.alarms),
    dashboardMonth: Math.max(0, count('AWS::CloudWatch::Dashboard') - forNothing.dashboards),
    natMonth: count('AWS::EC2::NatGateway'),
    endpointMonth: sum(of('AWS::EC2::VPCEndpoint'), zonesOf),
    aclMonth: count('AWS::WAFv2::WebACL'),
    aclRuleMonth: sum(of('AWS::WAFv2::WebACL'), ({ Properties }) => length(Properties?.['Rules'])),
    taskVcpuHour: (monthHours * sum(tasks, ({ Properties }) => Number(Properties?.['Cpu']))) / 1_024,
    taskGbHour: (monthHours * sum(tasks, ({ Properties }) => Number(Properties?.['Memory']))) / 1_024,
    databaseUnitHour:
      monthHours * count('AWS::RDS::DBInstance') * sum(of('AWS::RDS::DBCluster'), leastCapacity),
    addressMonth: sum(of('AWS::ECS::Service'), publicAddresses),
    zoneMonth: count('AWS::ServiceDiscovery::PrivateDnsNamespace'),
    queueRequest: count('AWS::Lambda::EventSourceMapping') * pollsAMinute * 60 * monthHours,
  };
}

/** Interface endpoints are paid for in each zone; gateways are not. */
function zonesOf({ Properties }: Resource): number {
  return Properties?.['VpcEndpointType'] === 'Interface' ? length(Properties['SubnetIds']) : 0;
}

/** The task of each service, as often as it is to run. */
function servedTasks(services: Resources, definitions: Resources): Resource[] {
  return services.flatMap(({ Properties }) => {
    const { Ref: named } = (Properties?.['TaskDefinition'] ?? {}) as { Ref?: string };
    const task = definitions.find(({ id }) => id === named);
    if (!task) throw new Error('A service whose task cannot be found.');
    return Array.from({ length: Number(Properties?.['DesiredCount'] ?? 1) }, () => task);
  });
}

/** Tasks of a service that have an address of their own in the internet. */
function publicAddresses({ Properties }: Resource): number {
  const isPublic = JSON.stringify(Properties?.['NetworkConfiguration'] ?? {}).includes(
    '"AssignPublicIp":"ENABLED"',
  );
  return isPublic ? Number(Properties?.['DesiredCount'] ?? 1) : 0;
}

/**
 * Units of capacity that each instance of an Aurora has at rest; there is one cluster at most. One that may pause does so only after minutes without a connection, and
 * what is called by schedule connects more often than that.
 */
function leastCapacity({ Properties }: Resource): number {
  const scaling = Properties?.['ServerlessV2ScalingConfiguration'] as { MinCapacity?: number } | undefined;
  return Math.max(scaling?.MinCapacity ?? 0, awakeCapacity);
}

const awakeCapacity = 0.5;

interface Schedule {
  /** The function that it calls. */
  readonly name: string;
  readonly minutes: number;
}

function schedulesOf(all: Resources): Schedule[] {
  return all.flatMap(({ Type, Properties }) => {
    const { minutes } =
      /^rate\((?<minutes>\d+) minutes?\)$/.exec(String(Properties?.['ScheduleExpression']))?.groups ?? {};
    if (Type !== 'AWS::Events::Rule' || minutes === undefined) return [];
    return [{ name: String(Properties?.['Name']).split('-').slice(2).join('-'), minutes: Number(minutes) }];
  });
}

/** What calls by schedule cost in a month in which they find nothing to do. */
async function callsOf({ name, minutes }: Schedule): Promise<Line[]> {
  const counts = await countIdle(name);
  return billOf(counts, { runs: (60 * monthHours) / minutes, memoryOf });
}

/** One line for each thing. */
function summed(all: readonly Line[]): Line[] {
  const byItem = Map.groupBy(all, ({ item }) => item);
  return [...byItem].map(([item, same]) => ({
    item,
    quantity: sum(same, ({ quantity }) => quantity),
    usd: sum(same, ({ usd }) => usd),
  }));
}

const length = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

function sum<T>(all: readonly T[], value: (one: T) => number): number {
  return all.reduce((total, one) => total + value(one), 0);
}
