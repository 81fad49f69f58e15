import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { FunctionSpec } from '../../functions/deployed/function-spec.ts';
import type { Names } from '../names.ts';
import { removal } from './lifetimes.ts';
import { tagPurpose } from './tags.ts';

const safe = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true } as const;

/** What was tried and failed, for two weeks, for a person to look at. */
export class DeadLetters extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, names: Names, name: string) {
    super(scope, id);
    tagPurpose(this, 'What was given up, for a person to look at');
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

  constructor(scope: Construct, name: string, names: Names, consumer: FunctionSpec) {
    super(scope, name);
    tagPurpose(this, `Feeds ${consumer.name}: ${consumer.purpose}`);
    this.deadLetters = new DeadLetters(this, 'Dead', names, `${name}-dead`);
    this.queue = new Queue(this, 'Queue', {
      ...safe,
      queueName: names.of(name),
      // As Lambda asks for.
      visibilityTimeout: Duration.seconds(6 * consumer.timeoutSeconds),
      retentionPeriod: Duration.days(4),
      receiveMessageWaitTime: Duration.seconds(20),
      deadLetterQueue: { queue: this.deadLetters.queue, maxReceiveCount: 5 },
      removalPolicy: removal(names.stage),
    });
  }
}
