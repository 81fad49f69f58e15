import { CustomResource, Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { DatabaseCluster } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { databaseFunction } from '../../functions/deployed/database.ts';
import { may } from './granted.ts';
import type { StoreReach } from './reach.ts';
import { storeRight } from './store-rights.ts';
import { type FunctionSurroundings, TandemFunction } from './tandem-function.ts';

/** The database, and who is to be made in it. */
interface UserProps extends FunctionSurroundings {
  readonly key: IKey;
  readonly cluster: DatabaseCluster;
  readonly reach: Extract<StoreReach, { kind: 'postgres' }>;
}

/**
 * The user that functions sign in as, made by a function that CloudFormation asks once the database answers, and again when
 * the database is another or the function is, which knows the tables. Nobody else is given the password of the owner. What
 * fails, fails the deployment and says why.
 */
export class DatabaseUser extends Construct {
  constructor(scope: Construct, id: string, { cluster, reach, key, ...surroundings }: UserProps) {
    super(scope, id);
    const { secret } = cluster;
    if (secret === undefined) throw new Error('The owner of a database has a secret.');
    const { statements, variables } = storeRight({ store: reach }, 'write');
    const { function: handler } = new TandemFunction(this, databaseFunction, {
      ...surroundings,
      granted: {
        statements: [
          ...statements,
          may(['secretsmanager:GetSecretValue'], [secret.secretArn]),
          may(['kms:Decrypt'], [key.keyArn]),
        ],
        // The proxy comes with a later stack, and CloudFormation is answered by the route to S3.
        variables: { ...variables, TANDEM_POSTGRES_OWNER: secret.secretArn, NODE_USE_ENV_PROXY: '0' },
      },
    });
    const user = new CustomResource(this, 'Made', {
      resourceType: 'Custom::TandemDatabaseUser',
      serviceToken: handler.functionArn,
      serviceTimeout: Duration.minutes(10),
      properties: {
        Database: cluster.clusterResourceIdentifier,
        Code: (handler.node.defaultChild as CfnFunction).code,
      },
    });
    user.node.addDependency(cluster);
  }
}
