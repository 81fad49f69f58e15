import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  DescribeTasksCommand,
  type ECSClient,
  ListTasksCommand,
  RunTaskCommand,
  type RunTaskCommandInput,
  StopTaskCommand,
  type Task,
} from '@aws-sdk/client-ecs';
import type { Placement, Worker } from '../../domain/events.ts';
import { launchName } from '../../domain/launch-name.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Launch, LaunchedFor, TaskLauncher } from '../../ports/task-launcher.ts';
import type { Capacity, SpaceTasks } from '../../protocol/environment/space-tasks.ts';

export interface EcsLauncherOptions {
  readonly client: ECSClient;
  readonly tasks: SpaceTasks;
  /** Where `POST /v1/report` is, in full. */
  readonly report: string;
  /** How long `stop` waits until a task has stopped, in milliseconds; default 45,000. */
  readonly patienceMs?: number;
  /** Between two looks at a task that is stopping, in milliseconds; default 1,000. */
  readonly lookMs?: number;
}

/** A capacity that could not take the task, and why. */
type Miss = Placement['instead'][number];

/** States after which nothing of a task runs any more: what is left is to give back its network. */
const over: readonly string[] = ['DEPROVISIONING', 'STOPPED', 'DELETED'];

/** How a task ended that never began: its capacity failed it, not its command. */
const neverBegan: readonly string[] = ['TaskFailedToStart', 'SpotInterruption'];

/** Runs commands in ECS tasks, each in one of its own. */
export class EcsLauncher implements TaskLauncher {
  readonly isolation = 'task';
  readonly kinds = ['task'] as const;
  readonly #options: EcsLauncherOptions;

  constructor(options: EcsLauncherOptions) {
    this.#options = options;
  }

  /**
   * Tries one capacity after the other: GPU before CPU, Spot before on demand, as they are listed; one that has failed a
   * task of this operation before is left out while another is left. The worker tells the log why it is where it is.
   */
  async launch(launch: Launch): Promise<void> {
    const { capacity } = this.#options.tasks;
    const choices: readonly (Capacity | undefined)[] = capacity.length > 0 ? capacity : [undefined];
    const failed = choices.length > 1 ? await this.#failedBefore(launch) : [];
    const instead: Miss[] = [];
    for (const [index, choice] of choices.entries()) {
      const isLast = index === choices.length - 1;
      const before = failed.find(({ provider }) => provider === choice?.provider);
      const miss = before && !isLast ? before : await this.#run(launch, { choice, instead });
      if (miss === undefined) return;
      instead.push(miss);
    }
    const why = instead.map(({ provider, reason }) => `${provider}: ${reason}`).join('; ');
    throw unavailable(`No capacity took the task (${why})`);
  }

  async stop(worker: Worker): Promise<void> {
    const { client, tasks, patienceMs = 45_000, lookMs = 1_000 } = this.#options;
    const { cluster } = tasks;
    if (!(await this.alive(worker))) return;
    const stop = new StopTaskCommand({
      cluster,
      task: worker.id,
      reason: 'Tandem does not want it any more',
    });
    await client.send(stop).catch(unlessGone);
    const until = performance.now() + patienceMs;
    while (await this.alive(worker)) {
      if (performance.now() >= until) throw unavailable(`The task ${worker.id} has not stopped yet`);
      await pause(lookMs);
    }
  }

  /** ECS forgets a task about an hour after it has stopped. */
  async alive({ kind, id, started }: Worker): Promise<boolean> {
    if (kind !== 'task' || started !== undefined) return false;
    const [task] = await this.#describe([id]);
    return task !== undefined && !over.includes(task.lastStatus ?? '');
  }

  async launched(which: LaunchedFor): Promise<boolean> {
    const tasks = await this.#describe(await this.#list(which, 'RUNNING'));
    return tasks.some(({ lastStatus }) => !over.includes(lastStatus ?? ''));
  }

  /** Why this capacity does not take the task; `undefined` when it does. */
  async #run(
    launch: Launch,
    { choice, instead }: { choice: Capacity | undefined; instead: readonly Miss[] },
  ): Promise<Miss | undefined> {
    const provider = choice?.provider ?? 'default';
    const placement: Placement = { provider, instead };
    const command = new RunTaskCommand(this.#request(launch, { choice, placement }));
    try {
      const { failures = [], tasks = [] } = await this.#options.client.send(command);
      if (tasks.length > 0) return undefined;
      return {
        provider,
        reason: failures.map(({ reason, detail }) => detail ?? reason).join(', ') || 'no task',
      };
    } catch (error) {
      const { message, name } = error as Error;
      // The task of an earlier attempt, which has another ticket for the same operation: only one can claim it.
      if (name === 'ConflictException') return undefined;
      if (!isCapacity(message)) throw unavailable(`ECS did not take the task: ${message}`, error);
      return { provider, reason: message };
    }
  }

  #request(
    launch: Launch,
    { choice, placement }: { choice: Capacity | undefined; placement: Placement },
  ): RunTaskCommandInput {
    const { tasks, report } = this.#options;
    const { subnets, securityGroups } = tasks;
    const environment = {
      TANDEM_REPORT: report,
      TANDEM_TICKET: launch.ticket,
      TANDEM_OPERATION: `${launch.run}-${launch.operation}`,
      TANDEM_PLACEMENT: JSON.stringify(placement),
    };
    const variables = Object.entries(environment).map(([name, value]) => ({ name, value }));
    return {
      cluster: tasks.cluster,
      taskDefinition: choice?.taskDefinition ?? tasks.taskDefinition,
      clientToken: clientToken(launch, placement.provider),
      startedBy: launchName(launch),
      count: 1,
      overrides: { containerOverrides: [{ name: tasks.container, environment: variables }] },
      ...(choice ? { capacityProviderStrategy: [{ capacityProvider: choice.provider, weight: 1 }] } : {}),
      ...(subnets.length > 0
        ? {
            networkConfiguration: {
              awsvpcConfiguration: { subnets, securityGroups, assignPublicIp: 'DISABLED' },
            },
          }
        : {}),
    };
  }

  /** Spot that is taken away, and capacity that turns out not to be there, is known only once the task has stopped. */
  async #failedBefore(launch: Launch): Promise<readonly Miss[]> {
    const tasks = await this.#describe(await this.#list(launch, 'STOPPED'));
    return tasks
      .filter(({ stopCode }) => neverBegan.includes(stopCode ?? ''))
      .map(({ capacityProviderName, stoppedReason }) => ({
        provider: capacityProviderName ?? 'default',
        reason: stoppedReason ?? 'it never began',
      }));
  }

  async #list(which: LaunchedFor, desiredStatus: 'RUNNING' | 'STOPPED'): Promise<readonly string[]> {
    const { client, tasks } = this.#options;
    const { cluster } = tasks;
    const list = new ListTasksCommand({ cluster, startedBy: launchName(which), desiredStatus });
    return (await client.send(list)).taskArns ?? [];
  }

  async #describe(arns: readonly string[]): Promise<readonly Task[]> {
    if (arns.length === 0) return [];
    const { client, tasks } = this.#options;
    const describe = new DescribeTasksCommand({ cluster: tasks.cluster, tasks: [...arns] });
    return (await client.send(describe)).tasks ?? [];
  }
}

/** Reasons for which another capacity may do: what RunTask answers as a failure also comes as an exception. */
function isCapacity(message: string): boolean {
  return /^RESOURCE:|CAPACITY|[Cc]apacity is unavailable|capacity provider/.test(message);
}

/** A launch that is repeated after a crash starts no second task; at most 64 characters. */
function clientToken(launch: Launch, provider: string): string {
  return createHash('sha256')
    .update(`${launchName(launch)}/${launch.attempt}/${provider}`)
    .digest('hex');
}

function unlessGone(error: Error): void {
  if (error.name !== 'InvalidParameterException')
    throw unavailable(`ECS did not stop a task: ${error.message}`, error);
}

function unavailable(message: string, cause?: unknown): TandemError {
  return new TandemError('space.unavailable', { message, cause });
}
