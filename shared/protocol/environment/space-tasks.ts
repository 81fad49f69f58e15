import * as z from 'zod';

const provider = () =>
  z.strictObject({
    provider: z.string().min(1),
    /** Where it needs another than the rest: one with a GPU, for instance. */
    taskDefinition: z.string().min(1).exactOptional(),
    kind: z.enum(['gpu', 'cpu']),
    spot: z.literal(true).exactOptional(),
  });

/** Where tasks run. `capacity`: in the order in which it is tried; empty: the cluster's default. */
export const spaceTasks = () =>
  z.strictObject({
    cluster: z.string().min(1),
    taskDefinition: z.string().min(1),
    /** The container of the task that is the worker. */
    container: z.string().min(1),
    subnets: z.array(z.string()),
    securityGroups: z.array(z.string()),
    capacity: z.array(provider()),
  });

export type SpaceTasks = z.infer<ReturnType<typeof spaceTasks>>;

export type Capacity = z.infer<ReturnType<typeof provider>>;
