import type { FunctionSpec, Right } from './function-spec.ts';
import { sourceOf } from './source.ts';

interface About extends Omit<FunctionSpec, 'source'> {
  /** Its module in `functions`, and what makes its handler there. */
  readonly maker: readonly [module: string, name: string];
}

/** What a run can come to need at any time: its worker stopped, its execution woken or replaced, its end told. */
const mends = [
  'store:read',
  'store:write',
  'blobs:read',
  'blobs:write',
  'engine:run',
  'engine:answer',
  'reconcile:send',
  'live:send',
  'workers:run',
  'key:heads',
] as const satisfies readonly Right[];

const about: readonly About[] = [
  {
    name: 'reconcile',
    purpose: 'Looks at runs that are due, and at those that somebody asks it to look at',
    maker: ['events/reconcile', 'reconcileFunction'],
    rights: [...mends, 'reconcile:consume'],
    timeoutSeconds: 300,
    memoryMb: 1_024,
  },
  {
    name: 'task-stopped',
    purpose: 'Tells the run of a command that its task has stopped',
    maker: ['events/task-stopped', 'taskStoppedFunction'],
    rights: ['store:read', 'store:write', 'engine:answer', 'reconcile:send', 'live:send', 'workers:run'],
    timeoutSeconds: 60,
    memoryMb: 512,
  },
  {
    name: 'refusals',
    purpose: 'Writes who was refused into the audit logs',
    maker: ['queues/refusals', 'refusalsFunction'],
    rights: ['store:read', 'store:write', 'refusals:consume'],
    timeoutSeconds: 60,
    memoryMb: 256,
    // An audit log has one writer at a time: more would only wait for each other.
    reservedConcurrency: 2,
  },
  {
    name: 'courier',
    purpose: 'Sends webhooks what is due to them',
    maker: ['schedules/courier', 'courierFunction'],
    rights: ['store:read', 'store:write', 'key:webhooks'],
    timeoutSeconds: 120,
    memoryMb: 512,
    reservedConcurrency: 4,
  },
  {
    name: 'upkeep',
    purpose: 'Removes runs whose time is over, and blobs that nothing names',
    maker: ['schedules/upkeep', 'upkeepFunction'],
    rights: ['store:read', 'store:write', 'blobs:read', 'blobs:delete'],
    timeoutSeconds: 900,
    memoryMb: 1_024,
    // Two would remove the same, each reading all that the other reads.
    reservedConcurrency: 1,
  },
];

/** The functions that nobody calls: what looks after runs, sends what is due, and tidies up. */
export const caretakers: readonly FunctionSpec[] = about.map(({ maker: [module, name], ...spec }) => ({
  ...spec,
  source: sourceOf({
    rights: spec.rights,
    maker: [`./functions/${module}.ts`, name],
  }),
}));
