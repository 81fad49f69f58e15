import { Duration } from 'aws-cdk-lib';
import { type IRole, PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type FunctionProps,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  TenancyConfig,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionSpec } from '../../functions/deployed/function-spec.ts';
import type { Names } from '../names.ts';
import { has, type Stage } from '../stages/stage.ts';
import type { Bundles } from './bundles.ts';
import { type Granted, may } from './granted.ts';
import { keptFor, removal } from './lifetimes.ts';
import { type PrivateNetwork, proxyPort, subnetsOf } from './private-network.ts';
import { tagPurpose } from './tags.ts';
import { DeadLetters } from './tandem-queue.ts';
import { acceptWildcards } from './wildcards.ts';

/** What all functions of a deployment have in common. */
export interface FunctionSurroundings {
  readonly names: Names;
  readonly bundles: Bundles;
  /** Where the network is the only way to the store. */
  readonly network?: PrivateNetwork;
}

/** How a function is called, which decides what becomes of a failure. */
export interface FunctionTraits {
  /** By an event that nobody waits for: what fails three times lies in a queue of its own. */
  readonly asynchronous?: true;
  /** It runs what others wrote: its role may do nothing at all, not even write a log. */
  readonly untrusted?: true;
  /** Variables besides those of its rights. */
  readonly variables?: Readonly<Record<string, string>>;
  /** So many are under way at once and no more: whoever calls it tries again. */
  readonly atMost?: number;
  /** One execution environment serves one tenant id of an invocation. */
  readonly tenantIsolation?: boolean;
}

/**
 * A function as its spec says: Node 24, a role that may do what its rights come to and nothing else, a log that ends,
 * traces, and a queue for what nobody else would hear of.
 */
export class TandemFunction extends Construct {
  readonly function: LambdaFunction;
  readonly deadLetters?: DeadLetters;

  constructor(
    scope: Construct,
    spec: FunctionSpec,
    about: FunctionSurroundings & { readonly granted: Granted; readonly traits?: FunctionTraits },
  ) {
    super(scope, spec.name);
    const { names, bundles, traits = {} } = about;
    const { stage } = names;
    const untrusted = traits.untrusted === true;
    // Whoever does not ask the store is better off outside, and needs no right to make network interfaces.
    const network = spec.rights.some((right) => right.startsWith('store:')) ? about.network : undefined;
    if (traits.asynchronous) {
      this.deadLetters = new DeadLetters(this, 'Failed', names, `${spec.name}-failed`);
    }
    const logGroup = untrusted ? undefined : this.#logGroup(names, spec);
    const role = this.#role(spec, { granted: about.granted, logGroup, network });
    this.function = new LambdaFunction(this, 'Function', {
      functionName: names.of(spec.name),
      description: spec.purpose,
      runtime: Runtime.NODEJS_24_X,
      architecture: stage.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      handler: 'index.handler',
      code: bundles.code(spec),
      timeout: Duration.seconds(spec.timeoutSeconds),
      memorySize: spec.memoryMb,
      role,
      tracing: untrusted ? Tracing.DISABLED : Tracing.ACTIVE,
      environment: {
        TANDEM_STAGE: stage.name,
        ...(untrusted ? {} : stage.surroundings?.variables),
        ...(network ? inside(names) : {}),
        ...about.granted.variables,
        ...traits.variables,
      },
      ...(logGroup ? { logGroup, loggingFormat: LoggingFormat.TEXT } : {}),
      ...(this.deadLetters ? { deadLetterQueue: this.deadLetters.queue } : {}),
      ...(untrusted ? { retryAttempts: 0 } : {}),
      ...concurrency(stage, spec, traits),
      ...(traits.tenantIsolation && has(stage, 'tenant-isolation')
        ? { tenancyConfig: TenancyConfig.PER_TENANT }
        : {}),
      ...(network
        ? {
            vpc: network.vpc,
            vpcSubnets: subnetsOf.functions,
            securityGroups: [network.functions],
          }
        : {}),
    });
    tagPurpose(this, spec.purpose);
  }

  #logGroup(names: Names, spec: FunctionSpec): LogGroup {
    return new LogGroup(this, 'Log', {
      logGroupName: names.logGroup(spec.name),
      retention: keptFor(names.stage),
      removalPolicy: removal(names.stage),
    });
  }

  /** Statements stand in the role itself, and CDK may add none: what a function may do is what its rights say. */
  #role(
    spec: FunctionSpec,
    {
      granted,
      logGroup,
      network,
    }: {
      granted: Granted;
      logGroup: LogGroup | undefined;
      network: PrivateNetwork | undefined;
    },
  ): IRole {
    const always = [
      ...(logGroup ? [may(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn])] : []),
      ...(logGroup ? [may(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], ['*'])] : []),
      ...(this.deadLetters ? [may(['sqs:SendMessage'], [this.deadLetters.queue.queueArn])] : []),
      ...(network ? [may(interfaces, ['*'])] : []),
    ];
    const statements = [...always, ...granted.statements];
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: spec.purpose,
      ...(statements.length > 0
        ? { inlinePolicies: { rights: new PolicyDocument({ statements, minimize: true }) } }
        : {}),
    });
    acceptWildcards(role, statements);
    return role.withoutPolicyUpdates();
  }
}

/** Network interfaces of functions in a network; the service knows no narrower resource. */
const interfaces = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/**
 * What functions in the network are told: issuers, connections and webhooks are reached through the proxy, services by their
 * endpoints; and the certificates of RDS are among those that Lambda brings along, which Node by itself does not look at.
 */
const inside = (names: Names): Record<string, string> => ({
  NODE_USE_ENV_PROXY: '1',
  HTTPS_PROXY: `http://egress.${names.internalDomain}:${proxyPort}`,
  NODE_EXTRA_CA_CERTS: '/var/runtime/ca-cert.pem',
});

function concurrency(
  { reservesConcurrency }: Stage,
  { reservedConcurrency }: FunctionSpec,
  { atMost = reservesConcurrency ? reservedConcurrency : undefined }: FunctionTraits,
): Pick<FunctionProps, 'reservedConcurrentExecutions'> {
  return atMost === undefined ? {} : { reservedConcurrentExecutions: atMost };
}
