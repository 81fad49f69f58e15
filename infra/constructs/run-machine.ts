import { createHash } from 'node:crypto';
import { CfnDeletionPolicy } from 'aws-cdk-lib';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnStateMachine, CfnStateMachineAlias, CfnStateMachineVersion } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { type RunFunctions, runDefinition } from '../../state-machines/run/definition.ts';
import type { Names } from '../names.ts';
import { has } from '../stages/stage.ts';
import { accept } from './accept.ts';
import { may } from './granted.ts';
import { keptFor, removal } from './lifetimes.ts';
import { tagPurpose } from './tags.ts';

/** What runs are started by: whatever the alias of this name points at. */
export const liveAlias = 'live';

/** The functions of the run machine's tasks, by their place in its definition. */
export type TaskFunctions = { readonly [K in keyof RunFunctions]: IFunction };

/**
 * The state machine that carries runs. Each definition is a version that is kept, and an alias points at the newest, so
 * that going back is pointing the alias elsewhere; executions keep the definition that they began with.
 */
export class RunMachine extends Construct {
  readonly machine: CfnStateMachine;

  constructor(scope: Construct, id: string, names: Names, tasks: TaskFunctions) {
    super(scope, id);
    const { stage } = names;
    const log = new LogGroup(this, 'Log', {
      logGroupName: names.logGroup('run'),
      retention: keptFor(stage),
      removalPolicy: removal(stage),
    });
    const role = this.#role(Object.values(tasks));
    this.machine = new CfnStateMachine(this, 'Machine', {
      stateMachineName: names.of('run'),
      stateMachineType: 'STANDARD',
      roleArn: role.roleArn,
      definitionString: runDefinition(arnsOf(tasks)),
      loggingConfiguration: {
        level: 'ALL',
        includeExecutionData: stage.logs.executionData,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: log.logGroupArn } }],
      },
      tracingConfiguration: { enabled: true },
    });
    this.machine.node.addDependency(role);
    tagPurpose(this, 'Carries runs');
    if (has(stage, 'machine-versions')) this.#publish();
  }

  /** A version for this definition, kept when the next one comes, and the alias that runs are started by. */
  #publish(): void {
    const digest = createHash('sha256').update(runDefinition()).digest('hex').slice(0, 16);
    const version = new CfnStateMachineVersion(this, `Version-${digest}`, {
      stateMachineArn: this.machine.attrArn,
      stateMachineRevisionId: this.machine.attrStateMachineRevisionId,
      description: `Definition ${digest}`,
    });
    version.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
    version.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
    new CfnStateMachineAlias(this, 'Live', {
      name: liveAlias,
      description: 'What new runs are started by',
      routingConfiguration: [{ stateMachineVersionArn: version.attrArn, weight: 100 }],
    });
  }

  #role(functions: readonly IFunction[]): Role {
    const arns = functions.map(({ functionArn }) => functionArn);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
      description: 'Calls the functions of the tasks, and writes the log of executions',
      inlinePolicies: {
        rights: new PolicyDocument({
          statements: [
            may(['lambda:InvokeFunction'], arns),
            may(logDelivery, ['*']),
            may(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], ['*']),
          ],
        }),
      },
    });
    accept(role, {
      'AwsSolutions-IAM5[Resource::*]':
        'Log delivery and X-Ray know no resources: AWS documents these very actions with `*` alone.',
    });
    return role;
  }
}

/** What a state machine needs to have its log delivered. */
const logDelivery = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
];

const arnsOf = (tasks: TaskFunctions): RunFunctions => ({
  PrepareFunction: tasks.PrepareFunction.functionArn,
  AdvanceFunction: tasks.AdvanceFunction.functionArn,
  DispatchFunction: tasks.DispatchFunction.functionArn,
  AwaitFunction: tasks.AwaitFunction.functionArn,
  SuccessorFunction: tasks.SuccessorFunction.functionArn,
  FinishFunction: tasks.FinishFunction.functionArn,
});
