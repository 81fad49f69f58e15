import { Duration } from 'aws-cdk-lib';
import type { Names, QueueName } from '../names.ts';
import { onEvents, onMessages, onSchedule } from './feeding.ts';
import type { FunctionTraits, TandemFunction } from './tandem-function.ts';
import type { TandemQueue } from './tandem-queue.ts';

/** What caretakers are fed by. */
export interface Care {
  readonly names: Names;
  readonly queues: Readonly<Record<QueueName, TandemQueue>>;
  readonly make: (name: string, traits: FunctionTraits) => TandemFunction;
  readonly machineArn: string;
  /** Where tasks run, if any do. */
  readonly clusterArn: string | undefined;
}

/** The functions that nobody calls: what looks after runs, sends webhooks, and tidies up. */
export function caretakers({ names, queues, make, machineArn, clusterArn }: Care): void {
  const asynchronous = { asynchronous: true } as const;

  const reconcile = make('reconcile', asynchronous);
  onMessages(reconcile, queues.reconcile.queue);
  onSchedule(reconcile, 1, { names, name: 'reconcile', purpose: 'Looks at the runs that are due' });
  onEvents(
    reconcile,
    {
      source: ['aws.states'],
      detailType: ['Step Functions Execution Status Change'],
      detail: { stateMachineArn: [machineArn], status: ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] },
    },
    { names, name: 'execution-closed', purpose: 'Looks at the run whose execution has closed' },
  );

  // Those of a batch that are alike become one event: whoever tries a thousand wrong tokens does not fill an audit log.
  onMessages(make('refusals', {}), queues.refusals.queue, {
    batchSize: 100,
    maxBatchingWindow: Duration.seconds(5),
  });

  onSchedule(make('courier', asynchronous), 1, {
    names,
    name: 'courier',
    purpose: 'Sends the webhooks that are due',
  });
  onSchedule(make('upkeep', asynchronous), 10, {
    names,
    name: 'upkeep',
    purpose: 'Removes what is kept no longer',
  });

  const stopped = make('task-stopped', asynchronous);
  if (clusterArn === undefined) return;
  onEvents(
    stopped,
    {
      source: ['aws.ecs'],
      detailType: ['ECS Task State Change'],
      detail: { clusterArn: [clusterArn], lastStatus: ['STOPPED'] },
    },
    { names, name: 'task-stopped', purpose: 'Answers for a task that has died' },
  );
}
