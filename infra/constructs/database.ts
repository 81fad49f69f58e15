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
import type { Names } from '../names.ts';
import { accept } from './accept.ts';
import { keptFor, removal } from './lifetimes.ts';
import { databasePort, type PrivateNetwork, subnetsOf } from './private-network.ts';
import type { StoreReach } from './reach.ts';

/** Who functions sign in as; whoever sets the database up makes it, and lets it sign in by IAM (`GRANT rds_iam`). */
const user = 'tandem';
const database = 'tandem';

/**
 * Aurora PostgreSQL Serverless v2 in subnets without a way out: sleeps after five minutes without a question and costs
 * its storage then. Functions sign in with their role; the password of the owner is a secret that nobody is given.
 */
export class Database extends Construct {
  readonly reach: StoreReach;

  constructor(
    scope: Construct,
    id: string,
    { names, network, key }: { names: Names; network: PrivateNetwork; key: IKey },
  ) {
    super(scope, id);
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
    this.reach = {
      kind: 'postgres',
      address: `postgres://${user}@${cluster.clusterEndpoint.hostname}:${databasePort}/${database}`,
      userArn: Stack.of(this).formatArn({
        service: 'rds-db',
        resource: `dbuser:${cluster.clusterResourceIdentifier}`,
        resourceName: user,
      }),
    };
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
