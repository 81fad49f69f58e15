/** A thing that stage `twin` leaves out. */
interface Absence {
  /** Kinds of resources that no template of the twin may have for that reason. */
  readonly resources: readonly string[];
  /** What there is instead; the row of `local/DIVERGENCES.md`. */
  readonly instead: string;
}

/**
 * What stage `twin` leaves out, because LocalStack 4.14 lacks it or has no use for it. Constructs ask for these names and
 * for no other reason; a test holds `local/DIVERGENCES.md` against this list, and the templates against `resources`.
 */
export const twinLacks = {
  authorizer: {
    resources: [
      'AWS::ApiGateway::Authorizer',
      'AWS::ApiGateway::UsagePlan',
      'AWS::ApiGateway::ApiKey',
      'AWS::ApiGateway::UsagePlanKey',
    ],
    instead:
      'Every function verifies the token itself, as it does on AWS too; nothing counts requests of a tenant',
  },
  'access-log': {
    resources: ['AWS::ApiGateway::Account'],
    instead: "The functions' own lines; the gateway in front writes none",
  },
  'web-socket-api': {
    resources: ['AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Stage', 'AWS::ApiGatewayV2::Route'],
    instead:
      'The gateway holds the connections, invokes the functions of the live channel and serves `@connections` to them',
  },
  'user-pool': {
    resources: ['AWS::Cognito::UserPool', 'AWS::Cognito::UserPoolClient', 'AWS::Cognito::UserPoolDomain'],
    instead: 'The issuer of the embedded twin, in a container of its own',
  },
  tasks: {
    resources: ['AWS::ECS::Cluster', 'AWS::ECS::TaskDefinition', 'AWS::ECS::Service'],
    instead: 'The launcher container speaks the part of the ECS API that is used, and starts the same image',
  },
  network: {
    resources: ['AWS::EC2::VPC', 'AWS::EC2::VPCEndpoint', 'AWS::EC2::FlowLog', 'AWS::RDS::DBCluster'],
    instead: 'The Compose network; tasks reach the gateway and nobody else, without a proxy; no Aurora',
  },
  firewall: {
    resources: ['AWS::WAFv2::WebACL', 'AWS::WAFv2::WebACLAssociation'],
    instead: 'Nothing',
  },
  'machine-versions': {
    resources: ['AWS::StepFunctions::StateMachineVersion', 'AWS::StepFunctions::StateMachineAlias'],
    instead: 'The state machine itself is started; an update reaches the executions that start after it',
  },
  'tenant-isolation': {
    resources: [],
    instead: 'One function container may serve several spaces, one after another',
  },
  'customer-key': {
    resources: ['AWS::KMS::Key', 'AWS::KMS::Alias'],
    instead: "No key of one's own: volumes are as safe as the disk",
  },
  observability: {
    resources: ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Dashboard', 'AWS::SNS::Topic'],
    instead: 'No alarms and no dashboard',
  },
} as const satisfies Record<string, Absence>;

/** Something that a place of deployment may lack. */
export type Lack = keyof typeof twinLacks;

/** All of them, in the order of the list. */
export const allLacks = Object.keys(twinLacks) as readonly Lack[];
