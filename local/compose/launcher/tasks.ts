import { randomBytes } from 'node:crypto';
import { sha256 } from '../../../shared/domain/canonical.ts';
import { type Container, type Docker, DockerError } from './docker.ts';

/** Labels are all that is remembered of a task: they outlive this process, and the containers outlive it too. */
const labels = {
  arn: 'tandem.task',
  cluster: 'tandem.cluster',
  startedBy: 'tandem.started-by',
  definition: 'tandem.task-definition',
  container: 'tandem.container',
  provider: 'tandem.capacity-provider',
  twin: 'tandem.twin',
} as const;

export interface TasksOptions {
  readonly docker: Docker;
  /** Tells the tasks of one twin from those of another on the same machine. */
  readonly twin: string;
  /** What every task runs. */
  readonly image: string;
  /** The network that tasks are in, and nobody else whom they have no business with. */
  readonly network: string;
  /** What every task is given besides its own variables. */
  readonly environment: Readonly<Record<string, string>>;
  readonly region: string;
}

/** What is asked of a task. */
export interface TaskRequest {
  readonly cluster: string;
  readonly taskDefinition: string;
  readonly startedBy: string;
  readonly clientToken?: string | undefined;
  readonly container: string;
  readonly provider?: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

/** A task in the words of ECS. */
export interface EcsTask {
  readonly taskArn: string;
  readonly clusterArn: string;
  readonly taskDefinitionArn: string;
  readonly startedBy: string;
  readonly capacityProviderName?: string;
  readonly lastStatus: 'PENDING' | 'RUNNING' | 'STOPPED';
  readonly desiredStatus: 'RUNNING' | 'STOPPED';
  /** Seconds since the epoch. */
  readonly createdAt: number;
  readonly stoppedAt?: number;
  readonly stopCode?: 'EssentialContainerExited' | 'TaskFailedToStart';
  readonly stoppedReason?: string;
  readonly containers: readonly {
    readonly name: string;
    readonly lastStatus: string;
    readonly exitCode?: number;
  }[];
}

/** Seconds that a task may take to end after SIGTERM. */
const stopSeconds = 10;

/** The same, when all of the twin ends. */
const lastSeconds = 2;

/** How long a task that has stopped can be looked at, in milliseconds: as long as ECS lets it. */
const keptMs = 3_600_000;

/** Runs tasks as containers that can do little: no user of theirs, no rights, no place to write but memory. */
export class Tasks {
  readonly #options: TasksOptions;

  constructor(options: TasksOptions) {
    this.#options = options;
  }

  /** The name is made from the client token: Docker itself sees to it that a token starts one task. */
  async run(asked: TaskRequest): Promise<EcsTask> {
    const { docker, twin } = this.#options;
    const id = asked.clientToken
      ? sha256(`${asked.cluster}/${asked.clientToken}`).slice(0, 32)
      : randomBytes(16).toString('hex');
    const name = `tandem-${twin}-${id}`;
    const container = await docker.create(name, this.#body(asked, id)).catch((error: unknown) => {
      if (error instanceof DockerError && error.status === 409) return name;
      throw error;
    });
    const found = await this.#inspected(container);
    // One that has ended is not started again: its token has had its task.
    if (found.State.Status !== 'created') return taskOf(found);
    try {
      await docker.start(container);
    } catch (error) {
      const failed = await this.#inspected(container);
      if (neverBegan(failed)) return taskOf(failed);
      throw error;
    }
    return taskOf(await this.#inspected(container));
  }

  /** Returns before the task has ended, as ECS does; `undefined` for one that is not known (any more). */
  async stop(arn: string): Promise<EcsTask | undefined> {
    const { docker } = this.#options;
    const id = await this.#find(arn);
    if (id === undefined) return undefined;
    const container = await this.#inspected(id);
    // Whoever asks looks whether it has stopped, and asks again if it has not.
    docker.stop(id, stopSeconds).catch(() => {});
    return { ...taskOf(container), desiredStatus: 'STOPPED' };
  }

  async describe(arn: string): Promise<EcsTask | undefined> {
    const id = await this.#find(arn);
    const found = id && (await this.#options.docker.inspect(id));
    return found ? taskOf(found) : undefined;
  }

  async list({
    cluster,
    startedBy,
  }: {
    cluster: string;
    startedBy?: string | undefined;
  }): Promise<readonly EcsTask[]> {
    const also = startedBy === undefined ? [] : [`${labels.startedBy}=${startedBy}`];
    return this.#all([`${labels.cluster}=${cluster}`, ...also]);
  }

  /** Tasks as they end, those first that have ended already; until `signal` aborts or Docker goes away. */
  async *ended(signal: AbortSignal): AsyncGenerator<EcsTask> {
    const { docker, twin } = this.#options;
    const over = new AbortController();
    const coming = docker.ended(`${labels.twin}=${twin}`, AbortSignal.any([signal, over.signal]));
    // Asked for before the list is read: what ends meanwhile is in one of the two.
    const next = coming.next();
    next.catch(() => {});
    try {
      for (const task of await this.#all([])) if (task.lastStatus === 'STOPPED') yield task;
      for (let event = await next; !event.done; event = await coming.next()) {
        const container = await docker.inspect(event.value);
        if (container) yield taskOf(container);
      }
    } finally {
      over.abort();
    }
  }

  /** Ends every task: what is left of the twin when this goes would hold its network. */
  async stopAll(): Promise<void> {
    const { docker, twin } = this.#options;
    const ids = await docker.list([`${labels.twin}=${twin}`]);
    await Promise.all(ids.map((id) => docker.stop(id, lastSeconds).catch(() => {})));
  }

  /** Removes what stopped long ago, and what was made as long ago and nobody has started. */
  async sweep(now: number): Promise<void> {
    for (const { taskArn, lastStatus, createdAt, stoppedAt } of await this.#all([])) {
      const since = lastStatus === 'PENDING' ? createdAt : stoppedAt;
      if (since === undefined || since * 1_000 + keptMs > now) continue;
      const id = await this.#find(taskArn);
      if (id !== undefined) await this.#options.docker.remove(id);
    }
  }

  async #all(wanted: readonly string[]): Promise<readonly EcsTask[]> {
    const { docker, twin } = this.#options;
    const ids = await docker.list([`${labels.twin}=${twin}`, ...wanted]);
    const found = await Promise.all(ids.map((id) => docker.inspect(id)));
    return found.flatMap((container) => (container ? [taskOf(container)] : []));
  }

  async #find(arn: string): Promise<string | undefined> {
    const { docker, twin } = this.#options;
    const [id] = await docker.list([`${labels.twin}=${twin}`, `${labels.arn}=${arn}`]);
    return id;
  }

  async #inspected(id: string): Promise<Container> {
    const container = await this.#options.docker.inspect(id);
    if (!container) throw new DockerError(404, `The container ${id} is gone.`);
    return container;
  }

  #body(asked: TaskRequest, id: string): unknown {
    const { image, network, region, twin, environment } = this.#options;
    const arn = `arn:aws:ecs:${region}:000000000000:task/${asked.cluster}/${id}`;
    const variables = {
      ...environment,
      ...asked.environment,
      TANDEM_WORKER: JSON.stringify({ kind: 'task', id: arn }),
    };
    return {
      Image: image,
      Env: Object.entries(variables).map(([name, value]) => `${name}=${value}`),
      User: '1000:1000',
      StopTimeout: stopSeconds,
      Labels: {
        [labels.twin]: twin,
        [labels.arn]: arn,
        [labels.cluster]: asked.cluster,
        [labels.startedBy]: asked.startedBy,
        [labels.definition]: asked.taskDefinition,
        [labels.container]: asked.container,
        [labels.provider]: asked.provider ?? '',
      },
      HostConfig: {
        NetworkMode: network,
        ReadonlyRootfs: true,
        // Commands run what they write.
        Tmpfs: { '/tmp': 'rw,exec,nosuid,nodev,size=2g,mode=1777' },
        CapDrop: ['ALL'],
        SecurityOpt: ['no-new-privileges'],
        Init: true,
        Memory: 2 * 1024 ** 3,
        MemorySwap: 2 * 1024 ** 3,
        NanoCpus: 1_000_000_000,
        PidsLimit: 512,
      },
    };
  }
}

/** Docker made the container and then could not start it: it stays as it was made, with the reason. */
function neverBegan({ State }: Container): boolean {
  return State.Status === 'created' && State.Error !== '';
}

function taskOf(container: Container): EcsTask {
  const { Config, State, Created } = container;
  const of = (label: string) => Config.Labels[label] ?? '';
  const arn = of(labels.arn);
  const prefix = arn.split(':task/')[0] ?? '';
  const stopped = State.Status === 'exited' || State.Status === 'dead' || neverBegan(container);
  const running = State.Running ? 'RUNNING' : 'PENDING';
  const provider = of(labels.provider);
  return {
    taskArn: arn,
    clusterArn: `${prefix}:cluster/${of(labels.cluster)}`,
    taskDefinitionArn: `${prefix}:task-definition/${of(labels.definition)}`,
    startedBy: of(labels.startedBy),
    ...(provider === '' ? {} : { capacityProviderName: provider }),
    lastStatus: stopped ? 'STOPPED' : running,
    desiredStatus: stopped ? 'STOPPED' : 'RUNNING',
    createdAt: Date.parse(Created) / 1_000,
    containers: [
      {
        name: of(labels.container),
        lastStatus: stopped ? 'STOPPED' : running,
        ...(stopped ? { exitCode: State.ExitCode } : {}),
      },
    ],
    ...(stopped ? endOf(container) : {}),
  };
}

function endOf({ State, Created }: Container): Pick<EcsTask, 'stoppedAt' | 'stopCode' | 'stoppedReason'> {
  const { FinishedAt, StartedAt, ExitCode, OOMKilled, Error: error } = State;
  const began = !StartedAt.startsWith('0001');
  const code = OOMKilled ? 'OutOfMemoryError: the container was killed' : `exit status ${ExitCode}`;
  return {
    stoppedAt: Date.parse(began ? FinishedAt : Created) / 1_000,
    stopCode: began ? 'EssentialContainerExited' : 'TaskFailedToStart',
    stoppedReason: error === '' ? `Essential container in task exited (${code})` : error,
  };
}
