/** What one unit of something costs, in US dollars. */
export interface Price {
  /** Of what one is paid for: `state transition`. */
  readonly unit: string;
  readonly usd: number;
  /** The page that says so. */
  readonly source: string;
}

/** When the pages were read; a price that has changed since is corrected here, with this date. */
export const pricesRead = '2026-11-28';

/** Prices hold for this region; docs/guides/regions.md says how far others are from it. */
export const pricesRegion = 'us-east-1';

const million = 1_000_000;
const hoursAMonth = 730;
const page = (service: string) => `https://aws.amazon.com/${service}/pricing/`;
const price = (unit: string, usd: number, service: string): Price => ({ unit, usd, source: page(service) });

/** On demand, without any free tier, reserved capacity or private agreement. */
export const prices = {
  stateTransition: price('state transition', 25 / million, 'step-functions'),
  functionRequest: price('function invocation', 0.2 / million, 'lambda'),
  functionGbSecond: price('GB-second of a function (arm64)', 0.0000133334, 'lambda'),
  writeUnit: price('write request unit of DynamoDB', 0.625 / million, 'dynamodb'),
  readUnit: price('read request unit of DynamoDB', 0.125 / million, 'dynamodb'),
  apiRequest: price('request to the REST API', 3.5 / million, 'api-gateway'),
  blobPut: price('PUT to S3', 5 / million, 's3'),
  blobGet: price('GET from S3', 0.4 / million, 's3'),
  queueRequest: price('request to SQS', 0.4 / million, 'sqs'),
  keyRequest: price('request to KMS', 3 / million, 'kms'),
  logGb: price('GB written to CloudWatch Logs', 0.5, 'cloudwatch'),
  trace: price('trace recorded by X-Ray', 5 / million, 'xray'),
  taskVcpuHour: price('vCPU-hour of Fargate (arm64)', 0.03238, 'fargate'),
  taskGbHour: price('GB-hour of Fargate (arm64)', 0.00356, 'fargate'),
  keyMonth: price('key of KMS, a month', 1, 'kms'),
  secretMonth: price('secret, a month', 0.4, 'secrets-manager'),
  alarmMonth: price('alarm, a month', 0.1, 'cloudwatch'),
  dashboardMonth: price('dashboard, a month', 3, 'cloudwatch'),
  endpointMonth: price('interface endpoint in one zone, a month', 0.01 * hoursAMonth, 'privatelink'),
  addressMonth: price('public IPv4 address, a month', 0.005 * hoursAMonth, 'vpc'),
  zoneMonth: price('private hosted zone, a month', 0.5, 'route53'),
  natMonth: price('NAT gateway, a month', 0.045 * hoursAMonth, 'vpc'),
  aclMonth: price('web ACL, a month', 5, 'waf'),
  aclRuleMonth: price('rule of a web ACL, a month', 1, 'waf'),
  databaseUnitHour: price('ACU-hour of Aurora Serverless v2', 0.12, 'rds/aurora'),
} as const satisfies Record<string, Price>;

/** What is paid for. */
export type Item = keyof typeof prices;

/** Hours that a month is counted with. */
export const monthHours = hoursAMonth;
