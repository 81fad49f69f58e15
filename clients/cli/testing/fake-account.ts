import { CloudControlClient } from '@aws-sdk/client-cloudcontrol';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { S3Client } from '@aws-sdk/client-s3';
import type { Aws } from '../cloud/removal/aws.ts';

/** A resource of a stack of a {@link FakeAccount}. */
export interface FakeResource {
  readonly type: string;
  readonly id: string;
  /** Whether it stays when the stack goes. */
  readonly keeps?: true;
  /** Whether its removal is refused until that is changed. */
  isProtected?: boolean;
  /** Why a stack cannot go while this resource is as it is, if it cannot. */
  stuck?: string;
}

interface FakeStack {
  readonly resources: readonly FakeResource[];
  isProtected: boolean;
  /** Whether it says which stage it is of. */
  readonly isTagged: boolean;
  status: string;
}

/** What requests have in them; each has some of it. */
interface Input {
  readonly StackName: string;
  readonly PhysicalResourceId: string;
  readonly Bucket: string;
  readonly Identifier: string;
  readonly PatchDocument: string;
  readonly RequestToken: string;
  readonly logGroupName: string;
  readonly logGroupNamePrefix: string;
}

const settings = { region: 'eu-central-1', credentials: { accessKeyId: 'id', secretAccessKey: 'secret' } };

const named = (name: string, message = name) => Object.assign(new Error(message), { name });

/** An account of AWS with stacks in it, as far as the removal of a stage asks it anything. */
export class FakeAccount {
  /** What was done, in order. */
  readonly done: string[] = [];
  /** Names of everything that is there. */
  readonly there = new Set<string>();
  readonly logs = new Set<string>();
  /** Versions in each bucket. */
  readonly buckets = new Map<string, string[]>();
  readonly #stacks = new Map<string, FakeStack>();
  /** Resources whose removal somebody has asked for, and looks at it until it is done. */
  readonly #pending = new Map<string, { readonly type: string; looks: number }>();
  readonly #refused = new Map<string, string>();

  addStack(
    name: string,
    resources: readonly FakeResource[],
    { isProtected = false, isTagged = true } = {},
  ): void {
    this.#stacks.set(name, { resources, isProtected, isTagged, status: 'CREATE_COMPLETE' });
    for (const { type, id } of resources) {
      this.there.add(id);
      if (type === 'AWS::Logs::LogGroup') this.logs.add(id);
      if (type === 'AWS::S3::Bucket') this.buckets.set(id, ['a', 'b']);
    }
  }

  /** As a call does that is cut off while Cloud Control works: protection is lifted, the removal has begun. */
  beginRemoval(id: string): void {
    const resource = this.#find(id);
    if (resource === undefined) throw new Error(`There is no ${id}`);
    resource.isProtected = false;
    this.#pending.set(id, { type: resource.type, looks: 2 });
  }

  /** The clients that a removal takes. */
  get aws(): Aws {
    const faked = <C extends object>(client: C): C =>
      Object.assign(client, {
        send: async (command: object & { readonly input: Input }) =>
          this.#answer(command.constructor.name.replace(/Command$/, ''), command.input),
      });
    return {
      stacks: faked(new CloudFormationClient(settings)),
      resources: faked(new CloudControlClient(settings)),
      objects: faked(new S3Client(settings)),
      logs: faked(new CloudWatchLogsClient(settings)),
      pause: { minDelay: 0.001, maxDelay: 0.002 },
    };
  }

  #answer(action: string, input: Input): unknown {
    const answers: Readonly<Record<string, () => unknown>> = {
      DescribeStacks: () => this.#describe(input.StackName),
      ListStacks: () => ({ StackSummaries: this.#named('DELETE_COMPLETE') }),
      ListStackResources: () => ({ StackResourceSummaries: this.#resources(input.StackName) }),
      DescribeStackResources: () => ({ StackResources: this.#beside(input.PhysicalResourceId) }),
      GetTemplate: () => ({ TemplateBody: JSON.stringify(this.#template(input.StackName)) }),
      UpdateTerminationProtection: () => {
        this.#stack(input.StackName).isProtected = false;
        this.done.push(`lift ${input.StackName}`);
      },
      DeleteStack: () => this.#deleteStack(input.StackName),
      GetResource: () => this.#read(input.Identifier),
      ListResourceRequests: () => ({
        ResourceRequestStatusSummaries: [...this.#pending].map(([id, { type }]) => ({
          TypeName: type,
          Identifier: id,
          OperationStatus: 'IN_PROGRESS',
          RequestToken: `pending ${id}`,
        })),
      }),
      UpdateResource: () => this.#lift(input.Identifier, input.PatchDocument),
      DeleteResource: () => this.#deleteResource(input.Identifier),
      GetResourceRequestStatus: () => this.#status(input.RequestToken),
      DescribeLogGroups: () => ({
        logGroups: [...this.logs]
          .filter((name) => name.startsWith(input.logGroupNamePrefix))
          .map((logGroupName) => ({ logGroupName })),
      }),
      DeleteLogGroup: () => {
        if (!this.logs.delete(input.logGroupName)) throw named('ResourceNotFoundException');
        this.there.delete(input.logGroupName);
      },
      ListMultipartUploads: () => ({}),
      ListObjectVersions: () => ({
        Versions: this.#bucket(input.Bucket).map((Key) => ({ Key, VersionId: '1' })),
      }),
      DeleteObjects: () => {
        this.done.push(`empty ${input.Bucket}`);
        this.#bucket(input.Bucket).length = 0;
        return {};
      },
    };
    const answer = answers[action];
    if (answer === undefined) throw new Error(`Nothing is known of ${action}`);
    return answer() ?? {};
  }

  #stack(name: string): FakeStack {
    const stack = this.#stacks.get(name);
    if (stack === undefined) throw named('ValidationError', `Stack with id ${name} does not exist`);
    return stack;
  }

  #named = (status?: string) =>
    [...this.#stacks]
      .filter(([, stack]) => (stack.status === 'DELETE_COMPLETE') === (status === 'DELETE_COMPLETE'))
      .map(([StackName, stack]) => ({
        StackName,
        StackId: StackName,
        StackStatus: stack.status,
        EnableTerminationProtection: stack.isProtected,
      }));

  #describe(name?: string) {
    const stacks = name === undefined ? this.#named() : this.#named(this.#stack(name).status);
    const described = stacks.filter(({ StackName }) => name === undefined || StackName === name);
    return { Stacks: described.map((one) => ({ ...one, Tags: this.#tags(one.StackName) })) };
  }

  #tags(name: string) {
    if (!this.#stack(name).isTagged) return [];
    return [{ Key: 'tandem:stage', Value: name.replace(/^tandem-(.*)-.*$/, '$1') }];
  }

  /** Resources of the stack that holds one, or has held it. */
  #beside(id: string) {
    const holders = [...this.#stacks].filter(([, { resources }]) => resources.some((one) => one.id === id));
    const [holder] = holders.find(([, { status }]) => status !== 'DELETE_COMPLETE') ?? holders[0] ?? [];
    if (holder === undefined) throw named('ValidationError', `Stack for ${id} does not exist`);
    return this.#resources(holder).map((one) => ({ ...one, StackName: holder }));
  }

  #resources(name: string) {
    const { resources, status } = this.#stack(name);
    const end = (one: FakeResource) => {
      if (status === 'DELETE_COMPLETE') return one.keeps ? 'DELETE_SKIPPED' : 'DELETE_COMPLETE';
      return one.stuck === undefined ? 'CREATE_COMPLETE' : 'DELETE_FAILED';
    };
    return resources.map((one) => ({
      LogicalResourceId: one.id,
      PhysicalResourceId: one.id,
      ResourceType: one.type,
      ResourceStatus: end(one),
      ResourceStatusReason: one.stuck,
    }));
  }

  #template(name: string) {
    const { resources } = this.#stack(name);
    return {
      Resources: Object.fromEntries(
        resources.map(({ id, keeps }) => [id, { DeletionPolicy: keeps ? 'Retain' : 'Delete' }]),
      ),
    };
  }

  #deleteStack(name: string): void {
    const stack = this.#stack(name);
    if (stack.isProtected)
      throw named('ValidationError', `Stack [${name}] cannot be deleted while protected`);
    const isHeldUp = ({ type, id, keeps, stuck }: FakeResource) =>
      stuck !== undefined || (type === 'AWS::S3::Bucket' && !keeps && this.#bucket(id).length > 0);
    stack.status = stack.resources.some(isHeldUp) ? 'DELETE_FAILED' : 'DELETE_COMPLETE';
    if (stack.status === 'DELETE_FAILED') return;
    this.done.push(`delete ${name}`);
    for (const { id, keeps } of stack.resources) {
      if (keeps) continue;
      this.there.delete(id);
      this.logs.delete(id);
    }
  }

  #bucket(name: string): string[] {
    const versions = this.buckets.get(name);
    if (versions === undefined || !this.there.has(name)) throw named('NoSuchBucket');
    return versions;
  }

  #mustBeThere(id: string): void {
    if (!this.there.has(id)) throw named('ResourceNotFoundException');
  }

  #find(id: string): FakeResource | undefined {
    return [...this.#stacks.values()].flatMap(({ resources }) => resources).find((one) => one.id === id);
  }

  #mustBeIdle(id: string): void {
    if (this.#pending.has(id)) throw named('ConcurrentOperationException', `${id} is being changed`);
  }

  #read(id: string) {
    this.#mustBeThere(id);
    const { type, isProtected = false } = this.#find(id) ?? {};
    const inWords = isProtected ? 'ACTIVE' : 'INACTIVE';
    const DeletionProtection = type === 'AWS::Cognito::UserPool' ? inWords : isProtected;
    const Properties = JSON.stringify({ DeletionProtection, DeletionProtectionEnabled: isProtected });
    return { ResourceDescription: { Properties } };
  }

  #lift(id: string, patch: string) {
    this.#mustBeThere(id);
    this.#mustBeIdle(id);
    this.done.push(`change ${id} ${patch}`);
    const resource = this.#find(id);
    if (resource) resource.isProtected = false;
    return { ProgressEvent: { RequestToken: 'lifted' } };
  }

  #deleteResource(id: string) {
    this.#mustBeThere(id);
    this.#mustBeIdle(id);
    const resource = this.#find(id);
    if (resource?.isProtected || this.buckets.get(id)?.length) {
      this.#refused.set(id, resource?.isProtected ? 'it is protected' : 'it is not empty');
    } else {
      this.#refused.delete(id);
      this.there.delete(id);
      this.done.push(`remove ${id}`);
    }
    return { ProgressEvent: { RequestToken: id } };
  }

  #status(token: string) {
    const id = token.replace(/^pending /, '');
    const pending = id === token ? undefined : this.#pending.get(id);
    if (pending !== undefined && pending.looks-- > 0)
      return { ProgressEvent: { OperationStatus: 'IN_PROGRESS' } };
    if (pending !== undefined) {
      this.#pending.delete(id);
      this.there.delete(id);
      this.done.push(`end of removal ${id}`);
    }
    const StatusMessage = this.#refused.get(token);
    return StatusMessage === undefined
      ? { ProgressEvent: { OperationStatus: 'SUCCESS' } }
      : { ProgressEvent: { OperationStatus: 'FAILED', ErrorCode: 'GeneralServiceException', StatusMessage } };
  }
}
