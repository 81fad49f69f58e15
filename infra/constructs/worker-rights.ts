import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type Granted, may } from './granted.ts';
import type { Reach, TasksReach } from './reach.ts';

/** Starting, describing and stopping workers in spaces: the function, and tasks where there are any. */
export function workersRight({ space, spaceTenancy, tasks, report }: Reach): Granted {
  return {
    statements: [may(['lambda:InvokeFunction'], [space.arn]), ...(tasks ? runsTasks(tasks) : [])],
    variables: {
      TANDEM_SPACE_FUNCTION: space.name,
      TANDEM_SPACE_TENANCY: spaceTenancy,
      TANDEM_REPORT: report,
      ...(tasks ? { TANDEM_SPACE_TASKS: JSON.stringify(tasks.tasks) } : {}),
    },
  };
}

function runsTasks({ clusterArn, guarded }: TasksReach): PolicyStatement[] {
  if (guarded === undefined) return [];
  const onCluster = { ArnEquals: { 'ecs:cluster': clusterArn } };
  const runs = may(['ecs:RunTask'], guarded.taskDefinitionArns);
  const watches = may(['ecs:DescribeTasks', 'ecs:StopTask'], guarded.taskArns);
  const passes = may(['iam:PassRole'], guarded.passedRoleArns);
  // Lists are of a cluster, which the condition names: the action knows no other resource.
  const lists = may(['ecs:ListTasks'], ['*']);
  lists.addConditions(onCluster);
  runs.addConditions(onCluster);
  watches.addConditions(onCluster);
  passes.addConditions({ StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } });
  return [runs, lists, watches, passes];
}
