import {
  type CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { type Assembly, resourcesOf, type SynthesizedStack } from './assembly.ts';
import { cdk } from './cdk.ts';
import type { Deployable } from './deployer.ts';
import { openKeys } from './keys.ts';
import { type DeclaredFunction, reserveConcurrency } from './reserve-concurrency.ts';
import { tell } from './tell.ts';

/** Kinds of resources that outlive LocalStack: the deployer makes them where they are kept. */
export const durableTypes = {
  tables: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
  buckets: ['AWS::S3::Bucket'],
} as const;

/** How the stack is: there, gone (LocalStack has come back without it), or LocalStack does not answer. */
export type Presence = 'there' | 'gone' | 'away';

const isWhole = (status = ''): boolean => /^(CREATE|UPDATE)_COMPLETE$/.test(status);

/** Of a stack that can be neither used nor deployed again; one whose update was rolled back can be. */
const isRuin = (status = ''): boolean =>
  /^(CREATE_FAILED|ROLLBACK_(COMPLETE|FAILED)|DELETE_FAILED|UPDATE_ROLLBACK_FAILED)$/.test(status);

/** LocalStack's, whoever asks. */
const account = '000000000000';

export interface TwinStackOptions {
  readonly assembly: Assembly;
  readonly client: CloudFormationClient;
  readonly functions: LambdaClient;
  readonly region: string;
  /** Address of LocalStack, without a slash at its end. */
  readonly localstack: string;
  /** The volume that keys are kept on. */
  readonly data: string;
  /** `id:secret` of the blob store. */
  readonly blobsCredentials: string;
}

/** The stacks of stage `twin` in LocalStack. */
export class TwinStack implements Deployable {
  readonly digest: string;
  readonly #options: TwinStackOptions;
  readonly #stacks: readonly SynthesizedStack[];

  constructor(options: TwinStackOptions) {
    this.#options = options;
    this.digest = options.assembly.digest;
    this.#stacks = options.assembly.stacks.filter((stack) => !isDurable(stack));
  }

  async presence(): Promise<Presence> {
    try {
      const statuses = await this.#statuses();
      return this.#stacks.every(({ name }) => isWhole(statuses.get(name))) ? 'there' : 'gone';
    } catch {
      return 'away';
    }
  }

  async deploy(stop: AbortSignal): Promise<void> {
    const { assembly, region } = this.#options;
    const app = ['--app', assembly.folder];
    await this.#refuseRuins(stop);
    tell('preparing LocalStack for CDK');
    await cdk(['bootstrap', `aws://${account}/${region}`, ...app], stop);
    const names = this.#stacks.map(({ name }) => name);
    tell(`deploying ${names.join(', ')}`);
    const how = ['--exclusively', '--method', 'direct', '--require-approval', 'never'];
    await cdk(['deploy', ...app, ...how, ...(await this.#parameters()), ...names], stop);
    const functions = this.#stacks.flatMap((stack) => resourcesOf(stack, ['AWS::Lambda::Function']));
    await reserveConcurrency(this.#options.functions, functions as unknown as DeclaredFunction[]);
  }

  async api(): Promise<string> {
    const ids = new Map<string, string>();
    for (const { name } of this.#stacks) {
      const { StackResources = [] } = await this.#options.client.send(
        new DescribeStackResourcesCommand({ StackName: name }),
      );
      for (const { ResourceType = '', PhysicalResourceId = '' } of StackResources) {
        ids.set(ResourceType, PhysicalResourceId);
      }
    }
    const [id, stage] = [ids.get('AWS::ApiGateway::RestApi'), ids.get('AWS::ApiGateway::Stage')];
    if (!id || !stage) throw new Error('The deployed stacks have no REST API');
    return `${this.#options.localstack}/_aws/execute-api/${id}/${stage}`;
  }

  /**
   * What a deployment has left half done cannot be gone on with: LocalStack neither finishes nor removes a function that it
   * could not make. What it holds is nobody's only copy, so that it is ended, and Docker starts it again.
   */
  async #refuseRuins(signal: AbortSignal): Promise<void> {
    const statuses = await this.#statuses();
    const ruin = this.#stacks.find(({ name }) => isRuin(statuses.get(name)));
    if (ruin === undefined) return;
    const body = JSON.stringify({ action: 'kill' });
    const headers = { 'content-type': 'application/json' };
    const url = `${this.#options.localstack}/_localstack/health`;
    // It may be gone before it has answered.
    await fetch(url, { method: 'POST', body, headers, signal }).catch(() => signal.throwIfAborted());
    throw new Error(`${ruin.name} is ${statuses.get(ruin.name)}: LocalStack is started again`);
  }

  /** How each stack in LocalStack is, by name. */
  async #statuses(): Promise<ReadonlyMap<string, string>> {
    const { Stacks = [] } = await this.#options.client.send(new DescribeStacksCommand({}));
    // LocalStack goes on listing what was removed.
    return new Map(
      Stacks.filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE').map(
        ({ StackName = '', StackStatus = '' }) => [StackName, StackStatus],
      ),
    );
  }

  /** Values for what the templates ask for: keys, and what the blob store wants to see. */
  async #parameters(): Promise<string[]> {
    const { data, blobsCredentials } = this.#options;
    const asked = this.#stacks.flatMap(({ name, template }) =>
      Object.keys(template.Parameters ?? {})
        .filter((parameter) => parameter !== 'BootstrapVersion')
        .map((parameter) => ({ stack: name, parameter })),
    );
    const keys = await openKeys(
      data,
      asked.map(({ parameter }) => parameter).filter((name) => name.endsWith('Key')),
    );
    const values: Readonly<Record<string, string>> = { ...keys, BlobsCredentials: blobsCredentials };
    return asked.flatMap(({ stack, parameter }) => {
      const value = values[parameter];
      if (value === undefined) throw new Error(`${stack} asks for ${parameter}, of which nothing is known`);
      return ['--parameters', `${stack}:${parameter}=${value}`];
    });
  }
}

function isDurable(stack: SynthesizedStack): boolean {
  return resourcesOf(stack, Object.values(durableTypes).flat()).length > 0;
}
