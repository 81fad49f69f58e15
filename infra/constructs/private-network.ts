import { Stack } from 'aws-cdk-lib';
import {
  FlowLogDestination,
  GatewayVpcEndpoint,
  GatewayVpcEndpointAwsService,
  IpAddresses,
  type IVpc,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import type { Stage } from '../stages/stage.ts';
import { Endpoints } from './endpoints.ts';
import { keptFor, removal } from './lifetimes.ts';

/** Whether anything runs in the network; until then it costs nothing, and has no way out at all. */
export const isInhabited = ({ tasks, store }: Stage): boolean => tasks !== undefined || store === 'aurora';

/** Where the proxy listens. */
export const proxyPort = 3128;

/** Where the database listens. */
export const databasePort = 5_432;

/** Subnets by who is in them: the proxy tells them apart by their addresses. */
export const subnetsOf = {
  functions: { subnetGroupName: 'functions' },
  spaces: { subnetGroupName: 'spaces' },
};

/** What functions do with blobs, exports and what passes; roles say which function does what. */
const ofFunctions = [
  's3:GetObject',
  's3:PutObject',
  's3:DeleteObject',
  's3:DeleteObjectVersion',
  's3:AbortMultipartUpload',
  's3:ListBucket',
];

/**
 * A network without NAT: subnets whose routes lead to AWS's services and nowhere else. Only the proxy has subnets with a
 * way to the internet, and those are there only while somebody needs it.
 */
export class PrivateNetwork extends Construct {
  readonly vpc: IVpc;
  /** Of functions, where they are in the network. */
  readonly functions: SecurityGroup;
  /** Of tasks in spaces. */
  readonly spaces: SecurityGroup;
  /** Of the only way out. */
  readonly proxy: SecurityGroup;

  constructor(scope: Construct, id: string, names: Names) {
    super(scope, id);
    const { stage } = names;
    const isolated = { subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 20 };
    this.vpc = new Vpc(this, 'Vpc', {
      vpcName: names.of('network'),
      ipAddresses: IpAddresses.cidr('10.64.0.0/16'),
      maxAzs: 2,
      natGateways: 0,
      // It would take a function of CDK's own; nothing is ever put into the default group.
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [
        { ...isolated, name: 'functions' },
        { ...isolated, name: 'spaces' },
        {
          name: 'way-out',
          subnetType: SubnetType.PUBLIC,
          cidrMask: 26,
          mapPublicIpOnLaunch: false,
          reserved: !isInhabited(stage),
        },
      ],
    }) as IVpc;
    this.#flowLog(names);
    this.#bucketEndpoints(names);
    this.functions = this.#group('functions', names, 'Of functions in the network');
    this.spaces = this.#group('spaces', names, 'Of tasks in spaces');
    this.proxy = this.#group('egress', names, 'Of the proxy that is the only way out');
    this.#rules(stage);
    new Endpoints(this, 'Endpoints', names, this);
  }

  /** Addresses of functions in the network. */
  get functionRanges(): string[] {
    return this.vpc.selectSubnets(subnetsOf.functions).subnets.map(({ ipv4CidrBlock }) => ipv4CidrBlock);
  }

  #flowLog(names: Names): void {
    const logGroup = new LogGroup(this, 'Flows', {
      logGroupName: names.logGroup('network'),
      retention: keptFor(names.stage),
      removalPolicy: removal(names.stage),
    });
    const role = new Role(this, 'FlowsRole', {
      assumedBy: new ServicePrincipal('vpc-flow-logs.amazonaws.com'),
      description: 'Writes what was let through the network, and what was not',
    });
    this.vpc.addFlowLog('Flow', { destination: FlowLogDestination.toCloudWatchLogs(logGroup, role) });
  }

  /**
   * S3 is reached without a way out, and of S3 our bucket, nobody's else. Tasks read and store blobs at signed addresses, and
   * fetch the layers of their images; the function that CloudFormation asks hands over its answer, at an address that is
   * signed for nothing else.
   */
  #bucketEndpoints(names: Names): void {
    const stack = Stack.of(this);
    const { partition, region } = stack;
    const bucket = `arn:${partition}:s3:::${names.bucket(stack)}`;
    const layers = `arn:${partition}:s3:::prod-${region}-starport-layer-bucket/*`;
    const answers = `arn:${partition}:s3:::cloudformation-custom-resource-response-*/*`;
    this.#bucketEndpoint('spaces', [
      { actions: ['s3:GetObject', 's3:PutObject'], resources: [`${bucket}/blobs/*`] },
      { actions: ['s3:GetObject'], resources: [layers] },
    ]);
    this.#bucketEndpoint('functions', [
      { actions: ofFunctions, resources: [bucket, `${bucket}/*`] },
      { actions: ['s3:PutObject'], resources: [answers] },
    ]);
  }

  #bucketEndpoint(who: keyof typeof subnetsOf, lets: { actions: string[]; resources: string[] }[]): void {
    const endpoint = new GatewayVpcEndpoint(this, `S3-${who}`, {
      vpc: this.vpc,
      service: GatewayVpcEndpointAwsService.S3,
      subnets: [subnetsOf[who]],
    });
    for (const one of lets) {
      endpoint.addToPolicy(new PolicyStatement({ principals: [new AnyPrincipal()], ...one }));
    }
  }

  #group(id: string, names: Names, description: string): SecurityGroup {
    return new SecurityGroup(this, `Group-${id}`, {
      vpc: this.vpc,
      securityGroupName: names.of(id),
      description,
      allowAllOutbound: false,
    });
  }

  /** HTTPS to what routes lead to (S3, endpoints), and the proxy; nothing comes in. */
  #rules({ store }: Stage): void {
    const out = 'HTTPS: routes lead to services of AWS and nowhere else';
    for (const group of [this.functions, this.spaces]) {
      group.addEgressRule(Peer.anyIpv4(), Port.tcp(443), out);
      group.addEgressRule(this.proxy, Port.tcp(proxyPort), 'The only way out');
      this.proxy.addIngressRule(group, Port.tcp(proxyPort), 'Whoever has no other way out');
    }
    if (store === 'aurora') {
      const database = Peer.ipv4(this.vpc.vpcCidrBlock);
      this.functions.addEgressRule(database, Port.tcp(databasePort), 'The database, in the same subnets');
    }
    this.proxy.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'HTTPS to what its settings let through');
  }
}
