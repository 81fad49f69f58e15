import {
  createActivity,
  deleteActivity,
  describeActivity,
  getActivityTask,
  listActivities,
} from './activities.ts';
import {
  createStateMachineAlias,
  deleteStateMachineAlias,
  describeStateMachineAlias,
  listStateMachineAliases,
  updateStateMachineAlias,
} from './aliases.ts';
import { describeStateMachine, describeStateMachineForExecution } from './describe-machine.ts';
import { describeExecution, startExecution, stopExecution } from './executions.ts';
import { getExecutionHistory } from './history.ts';
import { listExecutions } from './list-executions.ts';
import { describeMapRun, listMapRuns, updateMapRun } from './map-runs.ts';
import type { Operation } from './operation.ts';
import { redriveExecution } from './redrive.ts';
import {
  createStateMachine,
  deleteStateMachine,
  listStateMachines,
  updateStateMachine,
} from './state-machines.ts';
import { startSyncExecution } from './sync-execution.ts';
import { listTagsForResource, tagResource, untagResource } from './tags.ts';
import { sendTaskFailure, sendTaskHeartbeat, sendTaskSuccess } from './task-tokens.ts';
import { testState } from './test-state.ts';
import { validateStateMachineDefinition } from './validate-definition.ts';
import {
  deleteStateMachineVersion,
  listStateMachineVersions,
  publishStateMachineVersion,
} from './versions.ts';

/** Every action, by its name. */
export const operations: ReadonlyMap<string, Operation> = new Map([
  ['CreateActivity', createActivity],
  ['CreateStateMachine', createStateMachine],
  ['CreateStateMachineAlias', createStateMachineAlias],
  ['DeleteActivity', deleteActivity],
  ['DeleteStateMachine', deleteStateMachine],
  ['DeleteStateMachineAlias', deleteStateMachineAlias],
  ['DeleteStateMachineVersion', deleteStateMachineVersion],
  ['DescribeActivity', describeActivity],
  ['DescribeExecution', describeExecution],
  ['DescribeMapRun', describeMapRun],
  ['DescribeStateMachine', describeStateMachine],
  ['DescribeStateMachineAlias', describeStateMachineAlias],
  ['DescribeStateMachineForExecution', describeStateMachineForExecution],
  ['GetActivityTask', getActivityTask],
  ['GetExecutionHistory', getExecutionHistory],
  ['ListActivities', listActivities],
  ['ListExecutions', listExecutions],
  ['ListMapRuns', listMapRuns],
  ['ListStateMachineAliases', listStateMachineAliases],
  ['ListStateMachineVersions', listStateMachineVersions],
  ['ListStateMachines', listStateMachines],
  ['ListTagsForResource', listTagsForResource],
  ['PublishStateMachineVersion', publishStateMachineVersion],
  ['RedriveExecution', redriveExecution],
  ['SendTaskFailure', sendTaskFailure],
  ['SendTaskHeartbeat', sendTaskHeartbeat],
  ['SendTaskSuccess', sendTaskSuccess],
  ['StartExecution', startExecution],
  ['StartSyncExecution', startSyncExecution],
  ['StopExecution', stopExecution],
  ['TagResource', tagResource],
  ['TestState', testState],
  ['UntagResource', untagResource],
  ['UpdateMapRun', updateMapRun],
  ['UpdateStateMachine', updateStateMachine],
  ['UpdateStateMachineAlias', updateStateMachineAlias],
  ['ValidateStateMachineDefinition', validateStateMachineDefinition],
]);
