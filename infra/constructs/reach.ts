import type { KeyName, QueueName } from '../names.ts';
import type { SpaceTasks } from '../stages/stage.ts';

/** Something with a name that variables carry and an ARN that statements carry. */
export interface Named {
  readonly name: string;
  readonly arn: string;
}

/** Tables of DynamoDB, or a database of Aurora. */
export type StoreReach =
  | { readonly kind: 'dynamodb'; readonly table: string; readonly arns: readonly string[] }
  | {
      readonly kind: 'postgres';
      /** `postgres://user@host:port/database`. */
      readonly address: string;
      /** Of the database user that functions sign in as. */
      readonly userArn: string;
    };

/** What it takes to start and watch ECS tasks of spaces. */
export interface TasksReach {
  readonly tasks: SpaceTasks;
  readonly clusterArn: string;
  /** What it takes rights to; absent where nothing checks them. */
  readonly guarded?: {
    readonly taskDefinitionArns: readonly string[];
    readonly taskArns: readonly string[];
    /** Roles that ECS takes on for the tasks. */
    readonly passedRoleArns: readonly string[];
  };
}

/** Where the things are that rights are about, as far as a stack knows them. */
export interface Reach {
  readonly store: StoreReach;
  readonly bucket: Named;
  /** ARN of the key that tables, bucket and secrets are encrypted with. */
  readonly key?: string;
  readonly machine: { readonly arn: string; readonly starts: string; readonly executions: string };
  readonly queues: Readonly<Record<QueueName, { readonly url: string; readonly arn: string }>>;
  readonly keys: Readonly<Record<KeyName, Named>>;
  /** Of the WebSocket API. */
  readonly connections: { readonly endpoint: string; readonly arn?: string };
  readonly program: Named;
  readonly space: Named;
  readonly spaceTenancy: 'on' | 'off';
  readonly tasks?: TasksReach;
  /** Address of `POST /v1/report`. */
  readonly report: string;
  /** Origin of signed addresses, where it is not S3's own. */
  readonly signedUrl?: string;
  /** `id:secret` of the blob store, where it has its own. */
  readonly blobsCredentials?: string;
}
