import * as z from 'zod';
import type { EcsTask, Tasks } from './tasks.ts';

/** An error in the shape of the AWS JSON protocol. */
export class EcsError extends Error {
  readonly type: string;
  readonly status: number;

  constructor(type: string, message: string, status = 400) {
    super(message);
    this.name = 'EcsError';
    this.type = type;
    this.status = status;
  }
}

const cluster = z.string().min(1).default('default');

const variables = z.array(z.object({ name: z.string(), value: z.string() })).default([]);

const runTask = z.object({
  cluster,
  taskDefinition: z.string().min(1),
  startedBy: z.string().max(128).default(''),
  clientToken: z.string().max(64).optional(),
  count: z.literal(1).default(1),
  capacityProviderStrategy: z.array(z.object({ capacityProvider: z.string() })).optional(),
  overrides: z.object({
    containerOverrides: z.array(z.object({ name: z.string(), environment: variables })).length(1),
  }),
});

const oneTask = z.object({ cluster, task: z.string() });

const someTasks = z.object({ cluster, tasks: z.array(z.string()).max(100) });

const listTasks = z.object({
  cluster,
  startedBy: z.string().optional(),
  desiredStatus: z.enum(['RUNNING', 'STOPPED']).default('RUNNING'),
});

/** The operations of ECS that Tandem uses, by name. */
type Operation = (tasks: Tasks, input: unknown) => Promise<unknown>;

const operations: Readonly<Record<string, Operation>> = {
  async RunTask(tasks, input) {
    const asked = parse(runTask, input);
    const [override] = asked.overrides.containerOverrides;
    const task = await tasks.run({
      cluster: asked.cluster,
      taskDefinition: asked.taskDefinition,
      startedBy: asked.startedBy,
      clientToken: asked.clientToken,
      container: override?.name ?? '',
      provider: asked.capacityProviderStrategy?.[0]?.capacityProvider,
      environment: Object.fromEntries((override?.environment ?? []).map(({ name, value }) => [name, value])),
    });
    return { tasks: [task], failures: [] };
  },
  async StopTask(tasks, input) {
    const task = await tasks.stop(parse(oneTask, input).task);
    if (!task) throw new EcsError('InvalidParameterException', 'The referenced task was not found.');
    return { task };
  },
  async DescribeTasks(tasks, input) {
    const found = await Promise.all(
      parse(someTasks, input).tasks.map(async (arn) => [arn, await tasks.describe(arn)] as const),
    );
    return {
      tasks: found.flatMap(([, task]) => task ?? []),
      failures: found.flatMap(([arn, task]) => (task ? [] : [{ arn, reason: 'MISSING' }])),
    };
  },
  async ListTasks(tasks, input) {
    const { desiredStatus, ...which } = parse(listTasks, input);
    const found = await tasks.list(which);
    const wanted = ({ desiredStatus: status }: EcsTask) => status === desiredStatus;
    return { taskArns: found.filter(wanted).map(({ taskArn }) => taskArn) };
  },
};

/** Carries out an operation by its target, `AmazonEC2ContainerServiceV20141113.RunTask` for instance. */
export async function carryOut(tasks: Tasks, target: string, input: unknown): Promise<unknown> {
  const name = target.split('.').at(-1) ?? '';
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (operation) return operation(tasks, input);
  const supported = Object.keys(operations).join(', ');
  throw new EcsError(
    'UnsupportedOperationException',
    `${name || 'This'} is not offered here, only ${supported}.`,
  );
}

function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new EcsError('InvalidParameterException', `${issue?.path.join('.')}: ${issue?.message}`);
}
