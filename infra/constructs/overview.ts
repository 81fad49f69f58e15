import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import type { Watched } from './alarms.ts';
import { metricsOf } from './metrics.ts';

/** One page on how a deployment is: what is asked, what runs, what waits, and what was given up. */
export class Overview extends Construct {
  constructor(scope: Construct, id: string, names: Names, { machineArn, asynchronous, functions }: Watched) {
    super(scope, id);
    const metrics = metricsOf(names);
    const graph = (title: string, left: IMetric[], right: IMetric[] = []) =>
      new GraphWidget({ title, left, right, width: 12, height: 6 });
    const queues = ['reconcile', 'refusals', 'live'];
    const executions = ['Started', 'Succeeded', 'Failed', 'TimedOut', 'Aborted'];
    new Dashboard(this, 'Dashboard', {
      dashboardName: names.prefix,
      defaultInterval: Duration.hours(6),
      widgets: [
        [
          new TextWidget({
            markdown: `# Tandem, stage ${names.stage.name}\nRuns are executions of \`${names.of('run')}\`, named after them.`,
            width: 24,
            height: 2,
          }),
        ],
        [
          graph(
            'Requests, and those that failed',
            [metrics.api('Count', 'Sum')],
            [metrics.api('4XXError', 'Sum'), metrics.api('5XXError', 'Sum')],
          ),
          graph('Time to answer, ms', [metrics.api('Latency', 'p50'), metrics.api('Latency', 'p99')]),
        ],
        [
          graph(
            'Executions',
            executions.map((what) => metrics.executions(machineArn, `Executions${what}`)),
          ),
          graph(
            'Time of functions (99th percentile), ms',
            functions.map((name) => metrics.functionTime(name)),
          ),
        ],
        [
          graph(
            'Errors of functions',
            functions.map((name) => metrics.functionErrors(name)),
          ),
          graph(
            'Oldest message, s; and what was given up',
            queues.map((name) => metrics.waiting(name)),
            [
              ...queues.map((name) => metrics.dead(name)),
              ...asynchronous.map((name) => metrics.failed(name)),
            ],
          ),
        ],
      ],
    });
  }
}
