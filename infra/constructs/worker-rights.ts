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

function runsTasks(tasks: TasksReach): PolicyStatement[] {
  if (tasks.clusterArn === undefined) return [];
  const onCluster = { ArnEquals: { 'ecs:cluster': tasks.clusterArn } };
  const runs = may(['ecs:RunTask'], tasks.taskDefinitionArns);
  const watches = may(['ecs:DescribeTasks', 'ecs:StopTask'], tasks.taskArns);
  const passes = may(['iam:PassRole'], tasks.passedRoleArns);
  // Lists are of a cluster, which the condition names: the action knows no other resource.
  const lists = may(['ecs:ListTasks'], ['*']);
  lists.addConditions(onCluster);
  runs.addConditions(onCluster);
  watches.addConditions(onCluster);
  passes.addConditions({ StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } });
  return [runs, lists, watches, passes];
}
