import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import { removal } from './lifetimes.ts';

const safe = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true } as const;

/** What was tried and failed, for two weeks, for a person to look at. */
export class DeadLetters extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, names: Names, name: string) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      ...safe,
      queueName: names.of(name),
      retentionPeriod: Duration.days(14),
      removalPolicy: removal(names.stage),
    });
  }
}

/** A queue whose messages are tried five times, and then lie among its dead letters. */
export class TandemQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: DeadLetters;

  /** @param visibleAfter six times its consumer's timeout, as Lambda asks for */
  constructor(scope: Construct, name: string, names: Names, visibleAfter: Duration) {
    super(scope, name);
    this.deadLetters = new DeadLetters(this, 'Dead', names, `${name}-dead`);
    this.queue = new Queue(this, 'Queue', {
      ...safe,
      queueName: names.of(name),
      visibilityTimeout: visibleAfter,
      retentionPeriod: Duration.days(4),
      receiveMessageWaitTime: Duration.seconds(20),
      deadLetterQueue: { queue: this.deadLetters.queue, maxReceiveCount: 5 },
      removalPolicy: removal(names.stage),
    });
  }
}
