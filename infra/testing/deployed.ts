import type { FunctionSpec } from '../../functions/deployed/function-spec.ts';
import { liveFunctions } from '../../functions/deployed/live.ts';
import { routes } from '../../functions/http/routes.ts';
import type { Deployed } from '../deployed.ts';

const spec = (name: string, rights: FunctionSpec['rights']): FunctionSpec => ({
  name,
  purpose: `Does ${name}`,
  source: '',
  timeoutSeconds: 30,
  memoryMb: 512,
  rights,
});
const kebab = (s: string) => s.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
export const fixture: Deployed = {
  http: Object.entries(routes).map(([name, route]) => ({
    ...spec(kebab(name), [
      'store:read',
      'store:write',
      'blobs:read',
      'blobs:write',
      'engine:run',
      'engine:answer',
      'reconcile:send',
      'refusals:send',
      'live:send',
      'key:tickets',
    ]),
    route,
  })),
  others: [
    ...liveFunctions,
    ...[
      'task-prepare',
      'task-advance',
      'task-dispatch',
      'task-await',
      'task-successor',
      'task-finish',
      'authorizer',
      'pre-token',
      'reconcile',
      'task-stopped',
      'refusals',
      'courier',
      'upkeep',
    ].map((n) =>
      spec(n, [
        'store:read',
        'store:write',
        'blobs:delete',
        'workers:run',
        'programs:invoke',
        'key:heads',
        'key:webhooks',
      ]),
    ),
    spec('space', []),
    spec('program', []),
  ],
};
