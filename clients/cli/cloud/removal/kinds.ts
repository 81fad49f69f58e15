/** A kind of resource that a stage may keep when its stack goes, and that is removed for good on request. */
export interface Kind {
  readonly name: string;
  /** What it costs for as long as it stays, in us-east-1. */
  readonly costs: string;
  /** What has to be taken back before it can be removed: a property, and the value that it is to have. */
  readonly protection?: { readonly property: string; readonly off: boolean | string };
}

/** Removed one after the other, in this order: whatever needs another goes first. */
export const kinds: Readonly<Record<string, Kind>> = {
  'AWS::RDS::DBInstance': { name: 'database instance', costs: '$0.12 for each hour and unit in use' },
  'AWS::RDS::DBCluster': {
    name: 'database',
    costs: '$0.10 a month for each GB',
    protection: { property: 'DeletionProtection', off: false },
  },
  'AWS::RDS::DBSubnetGroup': { name: 'subnets of the database', costs: 'nothing' },
  'AWS::DynamoDB::Table': {
    name: 'table',
    costs: '$0.45 a month for each GB, copies included',
    protection: { property: 'DeletionProtectionEnabled', off: false },
  },
  'AWS::S3::Bucket': { name: 'bucket', costs: '$0.023 a month for each GB' },
  'AWS::Cognito::UserPool': {
    name: 'user pool',
    costs: 'nothing while nobody signs in',
    protection: { property: 'DeletionProtection', off: 'INACTIVE' },
  },
  'AWS::SecretsManager::Secret': { name: 'secret', costs: '$0.40 a month' },
  'AWS::SQS::Queue': { name: 'queue', costs: 'nothing' },
  'AWS::Logs::LogGroup': { name: 'log', costs: '$0.03 a month for each GB' },
  'AWS::KMS::Key': { name: 'key', costs: '$1 a month' },
};

/** Kinds that a stack cannot go without: its other parts are in use for as long as they are there. */
export const inTheWay: readonly string[] = ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'];

/** What stays of a stack although it is no data: it goes with what it belongs to, or is the account's. */
export const harmless: readonly string[] = [
  'AWS::ApiGateway::Account',
  'AWS::IAM::Role',
  'AWS::StepFunctions::StateMachineVersion',
];
