import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import { metricsOf } from './metrics.ts';

/** What is watched of a deployment. */
export interface Watched {
  readonly machineArn: string;
  /** Names of functions that nobody waits for, with dead letters of their own. */
  readonly asynchronous: readonly string[];
  /** Names of functions whose errors are worth an alarm each. */
  readonly functions: readonly string[];
  /** Names of tables; none where logs are in a database. */
  readonly tables: readonly string[];
}

/** One alarm: what it means, what it looks at, and from which value on. */
interface Concern {
  readonly name: string;
  readonly says: string;
  readonly metric: IMetric;
  /** At least so much … */
  readonly from: number;
  /** … in so many periods of five minutes, one after the other. */
  readonly periods?: number;
  /** Whether silence is a reason for alarm too: whoever is silent should have said something. */
  readonly heardOf?: true;
}

/** Alarms of a deployment; the first ten cost nothing, and a stage says whether it has more. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, names: Names, watched: Watched) {
    super(scope, id);
    const { stage } = names;
    const told = stage.alarmEmail === undefined ? undefined : this.#topic(names, stage.alarmEmail);
    const concerns = [
      ...essential(names, watched),
      ...(stage.alarms === 'all' ? further(names, watched) : []),
    ];
    for (const concern of concerns) {
      const alarm = new Alarm(this, concern.name, {
        alarmName: names.of(concern.name),
        alarmDescription: concern.says,
        metric: concern.metric,
        threshold: concern.from,
        comparisonOperator: concern.heardOf
          ? ComparisonOperator.LESS_THAN_THRESHOLD
          : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        evaluationPeriods: concern.periods ?? 1,
        treatMissingData: concern.heardOf ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      });
      if (told) alarm.addAlarmAction(new SnsAction(told));
      if (told) alarm.addOkAction(new SnsAction(told));
    }
  }

  #topic(names: Names, email: string): Topic {
    const topic = new Topic(this, 'Topic', {
      topicName: names.of('alarms'),
      displayName: `Tandem ${names.stage.name}`,
      enforceSSL: true,
    });
    topic.addSubscription(new EmailSubscription(email));
    return topic;
  }
}

/** Ten, which CloudWatch gives for nothing. */
function essential(names: Names, { machineArn }: Watched): Concern[] {
  const metrics = metricsOf(names);
  const gaveUp = (queue: string) => ({
    name: `dead-${queue}`,
    says: `Messages of the queue ${queue} were given up; each carries the reason`,
    metric: metrics.dead(queue),
    from: 1,
  });
  return [
    gaveUp('reconcile'),
    gaveUp('refusals'),
    {
      name: 'executions-failed',
      says: 'Executions of runs failed: the reconciler carries the runs on, and their logs say why',
      metric: metrics.executions(machineArn, 'ExecutionsFailed'),
      from: 1,
      periods: 2,
    },
    {
      name: 'executions-throttled',
      says: 'Step Functions throttles executions: runs wait as queued',
      metric: metrics.executions(machineArn, 'ExecutionThrottled'),
      from: 1,
      periods: 2,
    },
    { name: 'api-errors', says: 'The API answers with 5xx', metric: metrics.api('5XXError', 'Sum'), from: 5 },
    {
      name: 'api-slow',
      says: 'One request in a hundred takes longer than five seconds, those that wait for news aside',
      metric: metrics.functionTime('start-run'),
      from: 5_000,
      periods: 3,
    },
    {
      name: 'reconcile-failing',
      says: 'The reconciler fails: runs that lost their execution stay where they are',
      metric: metrics.functionErrors('reconcile'),
      from: 3,
      periods: 2,
    },
    {
      name: 'reconcile-silent',
      says: 'The reconciler was not called for a quarter of an hour: its schedule is off',
      metric: metrics.functionCalls('reconcile'),
      from: 1,
      periods: 3,
      heardOf: true,
    },
    {
      name: 'reconcile-behind',
      says: 'Runs wait for more than ten minutes to be looked at',
      metric: metrics.waiting('reconcile'),
      from: 600,
    },
    {
      name: 'advance-failing',
      says: 'Runs cannot be brought forward: the log of task-advance says why',
      metric: metrics.functionErrors('task-advance'),
      from: 5,
      periods: 2,
    },
  ];
}

/** What a stage that others rely on is told besides. */
function further(names: Names, { asynchronous, functions, tables }: Watched): Concern[] {
  const metrics = metricsOf(names);
  return [
    { name: 'dead-live', says: 'News were given up', metric: metrics.dead('live'), from: 1 },
    ...asynchronous.map((name) => ({
      name: `failed-${name}`,
      says: `Calls of ${name} failed three times and lie in its queue`,
      metric: metrics.failed(name),
      from: 1,
    })),
    ...functions.map((name) => ({
      name: `throttled-${name}`,
      says: `Calls of ${name} are throttled: the account's concurrency is used up`,
      metric: metrics.functionThrottles(name),
      from: 1,
      periods: 2,
    })),
    ...functions
      .filter((name) => !['reconcile', 'task-advance'].includes(name))
      .map((name) => ({
        name: `failing-${name}`,
        says: `The function ${name} fails`,
        metric: metrics.functionErrors(name),
        from: 5,
        periods: 2,
      })),
    ...tables.map((table) => ({
      name: `throttled-${table.slice(names.prefix.length + 1)}`,
      says: `The table ${table} throttles: one run or tenant is written to faster than a partition takes`,
      metric: metrics.tables(table, 'ThrottledRequests'),
      from: 10,
      periods: 2,
    })),
  ];
}
