import type { Stack } from 'aws-cdk-lib';
import type { Stage } from './stages/stage.ts';

/** Queues of a deployment. */
export type QueueName = 'reconcile' | 'refusals' | 'live';

/** Keys of a deployment, each a secret of its own. */
export type KeyName = 'tickets' | 'heads' | 'webhooks';

/** What things are called. Stacks that refer to each other by name do not hold each other up. */
export class Names {
  readonly stage: Stage;

  constructor(stage: Stage) {
    this.stage = stage;
  }

  /** What every name begins with, before a hyphen. */
  get prefix(): string {
    return `tandem-${this.stage.name}`;
  }

  of(thing: string): string {
    return `${this.prefix}-${thing}`;
  }

  /**
   * Buckets are unique in the world: with account and region, where there are any. The longest name of a stage and of a
   * region (`ap-southeast-2` and its like) make 57 characters; S3 takes 63.
   */
  bucket(stack: Stack): string {
    if (this.stage.surroundings) return this.of('blobs');
    return `${this.of('blobs')}-${stack.account}-${stack.region}`;
  }

  logGroup(thing: string): string {
    return `/tandem/${this.stage.name}/${thing}`;
  }

  /** Names within the network end in it. */
  get internalDomain(): string {
    return `${this.prefix}.internal`;
  }

  functionArn(stack: Stack, name: string): string {
    return stack.formatArn({ service: 'lambda', resource: `function:${this.of(name)}` });
  }

  /** The run machine, or an alias of it. */
  machineArn(stack: Stack, alias?: string): string {
    const qualifier = alias === undefined ? '' : `:${alias}`;
    return stack.formatArn({ service: 'states', resource: `stateMachine:${this.of('run')}${qualifier}` });
  }

  /** Every execution of the run machine. */
  executionsArn(stack: Stack): string {
    return stack.formatArn({ service: 'states', resource: `execution:${this.of('run')}:*` });
  }
}
