import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { caretakers } from '../constructs/caretakers.ts';
import type { Reach, TasksReach } from '../constructs/reach.ts';
import { grant } from '../constructs/rights.ts';
import { RunMachine } from '../constructs/run-machine.ts';
import {
  type FunctionSurroundings,
  type FunctionTraits,
  TandemFunction,
} from '../constructs/tandem-function.ts';
import type { TandemQueue } from '../constructs/tandem-queue.ts';
import { specOf } from '../deployed.ts';
import type { Names, QueueName } from '../names.ts';
import { blobsCredentials } from './blobs-credentials.ts';

/** What carries runs: the state machine with its functions, what looks after runs, and the places where commands run. */
export class ExecutionStack extends Stack {
  readonly machine: RunMachine;
  readonly functions: readonly TandemFunction[];

  constructor(
    scope: Construct,
    id: string,
    {
      before,
      surroundings,
      queues,
      ...props
    }: StackProps & {
      readonly before: Omit<Reach, 'blobsCredentials' | 'tasks'>;
      readonly surroundings: FunctionSurroundings;
      readonly queues: Readonly<Record<QueueName, TandemQueue>>;
    },
  ) {
    super(scope, id, props);
    const { names } = surroundings;
    const tasks = this.#tasks(names);
    const reach: Reach = {
      ...before,
      ...blobsCredentials(this, names.stage),
      ...(tasks ? { tasks } : {}),
    };
    const made: TandemFunction[] = [];
    this.functions = made;
    const make = (name: string, traits: FunctionTraits = {}) => {
      const spec = specOf(name);
      const granted = grant(spec.rights, reach);
      const one = new TandemFunction(this, spec, { ...surroundings, granted, traits });
      made.push(one);
      return one;
    };
    this.machine = new RunMachine(this, 'Run', names, {
      PrepareFunction: make('task-prepare').function,
      AdvanceFunction: make('task-advance').function,
      DispatchFunction: make('task-dispatch').function,
      AwaitFunction: make('task-await').function,
      SuccessorFunction: make('task-successor').function,
      FinishFunction: make('task-finish').function,
    });
    make('space', { untrusted: true, tenantIsolation: true });
    make('program', { untrusted: true, tenantIsolation: true });
    caretakers({ names, queues, make, clusterArn: tasks?.clusterArn, machineArn: before.machine.arn });
    new CfnOutput(this, 'Machine', { value: this.machine.machine.attrArn });
  }

  #tasks({ stage }: Names): TasksReach | undefined {
    if (stage.surroundings === undefined) return undefined;
    return {
      tasks: stage.surroundings.spaceTasks,
      taskDefinitionArns: [],
      taskArns: [],
      passedRoleArns: [],
    };
  }
}
