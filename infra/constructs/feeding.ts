import { Duration } from 'aws-cdk-lib';
import { type EventPattern, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Names } from '../names.ts';
import type { TandemFunction } from './tandem-function.ts';

/** What wakes a function up. */
interface Feed {
  readonly names: Names;
  /** The rule's name, `tandem-<stage>-<name>`. */
  readonly name: string;
  readonly purpose: string;
}

/** Calls a function every so many minutes. A call that is an hour late is no use to anybody. */
export function onSchedule(target: TandemFunction, minutes: number, { names, name, purpose }: Feed): Rule {
  return new Rule(target, `Rule-${name}`, {
    ruleName: names.of(name),
    description: purpose,
    schedule: Schedule.rate(Duration.minutes(minutes)),
    targets: [targetOf(target, Duration.minutes(Math.max(minutes, 5)), 2)],
  });
}

/** Calls a function for each event of a kind, for as long as EventBridge tries: a day. */
export function onEvents(target: TandemFunction, eventPattern: EventPattern, feed: Feed): Rule {
  return new Rule(target, `Rule-${feed.name}`, {
    ruleName: feed.names.of(feed.name),
    description: feed.purpose,
    eventPattern,
    targets: [targetOf(target, Duration.hours(24), 185)],
  });
}

const targetOf = (
  { function: handler, deadLetters }: TandemFunction,
  maxEventAge: Duration,
  retryAttempts: number,
) =>
  new FunctionTarget(handler, {
    maxEventAge,
    retryAttempts,
    ...(deadLetters ? { deadLetterQueue: deadLetters.queue } : {}),
  });

/** How long messages are gathered for one call, where fewer calls are worth the wait. */
interface Gathering {
  readonly batchSize: number;
  readonly maxBatchingWindow: Duration;
}

/**
 * Feeds a function from a queue, without `gathering` in batches of ten, the most that Lambda takes without waiting for more;
 * only messages that it names as failed come again.
 */
export function onMessages(target: TandemFunction, queue: IQueue, gathering?: Gathering): EventSourceMapping {
  return new EventSourceMapping(target, 'Messages', {
    target: target.function,
    eventSourceArn: queue.queueArn,
    ...(gathering ?? { batchSize: 10 }),
    reportBatchItemFailures: true,
  });
}
