import { Duration, Stack } from 'aws-cdk-lib';
import { Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  AuroraPostgresEngineVersion,
  ClusterInstance,
  Credentials,
  DatabaseCluster,
  DatabaseClusterEngine,
} from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { accept } from './accept.ts';
import { DatabaseUser } from './database-user.ts';
import { keptFor, removal } from './lifetimes.ts';
import { databasePort, type PrivateNetwork, subnetsOf } from './private-network.ts';
import type { StoreReach } from './reach.ts';
import { tagPurpose } from './tags.ts';
import type { FunctionSurroundings } from './tandem-function.ts';

/** Who functions sign in as, by IAM alone. */
const user = 'tandem';
const database = 'tandem';

/** What a database is made in, and encrypted with. */
interface DatabaseProps {
  readonly network: PrivateNetwork;
  readonly key: IKey;
}

/**
 * Aurora PostgreSQL Serverless v2 in subnets without a way out. It would sleep after five minutes without a question, which
 * schedules leave it only where they are off. Functions sign in with their role; the password of the owner is a secret that
 * only the function is given which makes their user when the stack is deployed.
 */
export class Database extends Construct {
  readonly reach: StoreReach;

  constructor(
    scope: Construct,
    id: string,
    { names, bundles, network, key }: Omit<FunctionSurroundings, 'network'> & DatabaseProps,
  ) {
    super(scope, id);
    tagPurpose(this, 'Logs and records');
    const { stage } = names;
    const group = new SecurityGroup(this, 'Group', {
      vpc: network.vpc,
      securityGroupName: names.of('database'),
      description: 'Of the database',
      allowAllOutbound: false,
    });
    group.addIngressRule(network.functions, Port.tcp(databasePort), 'Functions');
    // Made before RDS makes one that is kept for ever.
    const log = new LogGroup(this, 'Log', {
      logGroupName: `/aws/rds/cluster/${names.of('store')}/postgresql`,
      retention: keptFor(stage),
      removalPolicy: removal(stage),
    });
    const cluster = new DatabaseCluster(this, 'Cluster', {
      clusterIdentifier: names.of('store'),
      engine: DatabaseClusterEngine.auroraPostgres({ version: AuroraPostgresEngineVersion.VER_17_4 }),
      defaultDatabaseName: database,
      port: databasePort,
      credentials: Credentials.fromGeneratedSecret('owner', { encryptionKey: key }),
      writer: ClusterInstance.serverlessV2('writer', { publiclyAccessible: false }),
      ...(stage.keepsData
        ? {
            readers: [
              ClusterInstance.serverlessV2('reader', { scaleWithWriter: true, publiclyAccessible: false }),
            ],
          }
        : {}),
      serverlessV2MinCapacity: 0,
      serverlessV2MaxCapacity: stage.keepsData ? 16 : 4,
      serverlessV2AutoPauseDuration: Duration.minutes(5),
      iamAuthentication: true,
      storageEncrypted: true,
      storageEncryptionKey: key,
      backup: { retention: Duration.days(stage.keepsData ? 35 : 1) },
      cloudwatchLogsExports: ['postgresql'],
      deletionProtection: stage.keepsData,
      removalPolicy: removal(stage),
      vpc: network.vpc,
      vpcSubnets: subnetsOf.functions,
      securityGroups: [group],
    });
    cluster.node.addDependency(log);
    const reach = {
      kind: 'postgres',
      address: `postgres://${user}@${cluster.clusterEndpoint.hostname}:${databasePort}/${database}`,
      userArn: Stack.of(this).formatArn({
        service: 'rds-db',
        resource: `dbuser:${cluster.clusterResourceIdentifier}`,
        resourceName: user,
      }),
    } as const;
    this.reach = reach;
    new DatabaseUser(this, 'User', { names, bundles, network, key, cluster, reach });
    accept(cluster, {
      'AwsSolutions-SMG4':
        'Nobody signs in as the owner but to set the database up; functions sign in by IAM.',
      'AwsSolutions-RDS11':
        'No route leads to the database from outside; another port would hide it from nobody.',
      ...(stage.keepsData
        ? {}
        : { 'AwsSolutions-RDS10': 'A stage to try things on goes without a trace when it is destroyed.' }),
    });
  }
}
