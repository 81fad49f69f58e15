import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Names } from '../names.ts';

const visible = 'ApproximateNumberOfMessagesVisible';
const every5 = Duration.minutes(5);

/** Numbers of a deployment that AWS keeps for nothing, by name: no stack has to ask another. */
export const metricsOf = (names: Names) => ({
  /** Messages that a queue has given up, and calls of a function that have failed for good. */
  dead: (of: string) => queue(names.of(`${of}-dead`), visible, Stats.MAXIMUM),
  failed: (of: string) => queue(names.of(`${of}-failed`), visible, Stats.MAXIMUM),
  waiting: (name: string) => queue(names.of(name), 'ApproximateAgeOfOldestMessage', Stats.MAXIMUM),
  functionErrors: (name: string) => lambda(names.of(name), 'Errors', Stats.SUM),
  functionThrottles: (name: string) => lambda(names.of(name), 'Throttles', Stats.SUM),
  functionTime: (name: string) => lambda(names.of(name), 'Duration', Stats.percentile(99)),
  functionCalls: (name: string) => lambda(names.of(name), 'Invocations', Stats.SUM),
  api: (metricName: string, statistic: string) =>
    new Metric({
      namespace: 'AWS/ApiGateway',
      metricName,
      statistic,
      period: every5,
      dimensionsMap: { ApiName: names.of('api'), Stage: names.stage.name },
    }),
  executions: (machineArn: string, metricName: string) =>
    new Metric({
      namespace: 'AWS/States',
      metricName,
      statistic: Stats.SUM,
      period: every5,
      dimensionsMap: { StateMachineArn: machineArn },
    }),
  tables: (table: string, metricName: string) =>
    new Metric({
      namespace: 'AWS/DynamoDB',
      metricName,
      statistic: Stats.SUM,
      period: every5,
      dimensionsMap: { TableName: table },
    }),
});

const queue = (QueueName: string, metricName: string, statistic: string) =>
  new Metric({ namespace: 'AWS/SQS', metricName, statistic, period: every5, dimensionsMap: { QueueName } });

const lambda = (FunctionName: string, metricName: string, statistic: string) =>
  new Metric({
    namespace: 'AWS/Lambda',
    metricName,
    statistic,
    period: every5,
    dimensionsMap: { FunctionName },
  });
