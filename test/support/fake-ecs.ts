import type { ECSClient } from '@aws-sdk/client-ecs';

export interface FakeTask {
  readonly taskArn: string;
  readonly startedBy: string;
  readonly capacityProviderName: string;
  lastStatus: string;
  stopCode?: string;
  stoppedReason?: string;
}

/** A command of the client, as far as it is looked at. */
interface Asked {
  readonly constructor: { readonly name: string };
  readonly input: Record<string, unknown>;
}

/** Stands in for ECS: tasks that are told to stop are so at the second look, and capacities may have nothing left. */
export class FakeEcs {
  readonly tasks: FakeTask[] = [];
  readonly asked: Asked[] = [];
  /** What RunTask fails with, by capacity provider: an answer, or an exception. */
  readonly failing = new Map<string, string | Error>();
  readonly client = { send: (command: Asked) => this.#send(command) } as unknown as ECSClient;
  readonly #byToken = new Map<string, FakeTask>();
  /** Requests by their tokens: ECS refuses a token with another request. */
  readonly #asked = new Map<string, string>();

  requests(name: string): readonly Record<string, unknown>[] {
    return this.asked.filter((one) => one.constructor.name === `${name}Command`).map(({ input }) => input);
  }

  async #send(command: Asked): Promise<unknown> {
    this.asked.push(command);
    const { input } = command;
    switch (command.constructor.name) {
      case 'RunTaskCommand':
        return this.#run(input);
      case 'ListTasksCommand': {
        const isStopped = input['desiredStatus'] === 'STOPPED';
        const found = this.tasks.filter(
          (task) => task.startedBy === input['startedBy'] && (task.lastStatus === 'STOPPED') === isStopped,
        );
        return { taskArns: found.map(({ taskArn }) => taskArn) };
      }
      case 'DescribeTasksCommand': {
        const wanted = input['tasks'] as string[];
        const found = this.tasks
          .filter(({ taskArn }) => wanted.includes(taskArn))
          .map((task) => ({ ...task }));
        for (const task of this.tasks) if (task.lastStatus === 'STOPPING') task.lastStatus = 'STOPPED';
        return { tasks: found };
      }
      case 'StopTaskCommand': {
        const task = this.tasks.find(({ taskArn }) => taskArn === input['task']);
        if (!task) throw Object.assign(new Error('not found'), { name: 'InvalidParameterException' });
        if (task.lastStatus === 'RUNNING') task.lastStatus = 'STOPPING';
        return { task };
      }
      default:
        throw new Error(`${command.constructor.name} is not known here`);
    }
  }

  #run(input: Record<string, unknown>): unknown {
    const [strategy] =
      (input['capacityProviderStrategy'] as { capacityProvider: string }[] | undefined) ?? [];
    const provider = strategy?.capacityProvider ?? 'default';
    const failure = this.failing.get(provider);
    if (failure instanceof Error) throw failure;
    if (failure !== undefined) return { tasks: [], failures: [{ reason: failure }] };
    const token = String(input['clientToken']);
    const known = this.#byToken.get(token);
    const asked = JSON.stringify(input);
    if (known && this.#asked.get(token) !== asked) {
      throw Object.assign(new Error('The client token is in use by another request'), {
        name: 'ConflictException',
      });
    }
    if (known) return { tasks: [known], failures: [] };
    this.#asked.set(token, asked);
    const task = {
      taskArn: `arn:aws:ecs:eu-central-1:000000000000:task/c/${this.tasks.length + 1}`,
      startedBy: String(input['startedBy']),
      capacityProviderName: provider,
      lastStatus: 'RUNNING',
    };
    this.#byToken.set(token, task);
    this.tasks.push(task);
    return { tasks: [task], failures: [] };
  }
}
