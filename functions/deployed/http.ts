import type { Api } from '../../shared/application/api.ts';
import type { Route } from '../http/route.ts';
import { type RouteName, routes } from '../http/routes.ts';
import type { FunctionSpec, Right } from './function-spec.ts';
import { kebab } from './kebab.ts';
import type { PartName } from './parts.ts';
import { sourceOf } from './source.ts';

/** A function that serves one route. */
export type HttpFunction = FunctionSpec & { readonly route: Route };

interface About {
  /** Where its endpoint is, in `functions/http`; it has the name of the route. */
  readonly module: string;
  /** The use cases that its endpoint asks; without them the one that is called as the route is. */
  readonly uses?: readonly (keyof Api)[];
  /** Parts of the wiring that no right brings by itself. */
  readonly parts?: readonly PartName[];
  /** Besides what every function needs to know its callers. */
  readonly rights?: readonly Right[];
}

const writes = ['store:write'] as const satisfies readonly Right[];
const readsBlobs = ['blobs:read'] as const satisfies readonly Right[];
/** Makes addresses of blobs: what is no object yet becomes one, so that an address can lead to it. */
const linksBlobs = ['blobs:read', 'blobs:write'] as const satisfies readonly Right[];
/** Extends a run's log, and tells who waits for that. */
const steers = [
  'store:write',
  'engine:answer',
  'reconcile:send',
  'live:send',
] as const satisfies readonly Right[];

const about: Readonly<Record<Exclude<RouteName, keyof typeof ofService>, About>> = {
  publishVersion: {
    module: 'agents/publish-version',
    uses: ['publishAgent'],
    rights: [...writes, 'blobs:write'],
  },
  listAgents: { module: 'agents/list-agents' },
  getAgent: { module: 'agents/get-agent' },
  getVersion: { module: 'agents/get-version' },
  setAlias: { module: 'agents/set-alias', rights: writes },
  listAliases: { module: 'agents/list-aliases' },
  getAlias: { module: 'agents/get-alias' },
  removeAlias: { module: 'agents/remove-alias', rights: writes },
  startRun: {
    module: 'runs/start-run',
    uses: ['startRun', 'waitForEnd'],
    rights: ['store:write', 'blobs:read', 'blobs:write', 'engine:run', 'reconcile:send', 'live:send'],
  },
  listRuns: { module: 'runs/list-runs' },
  getRun: { module: 'runs/get-run', uses: ['getRun', 'waitForEnd'], rights: linksBlobs },
  readEvents: { module: 'runs/read-events' },
  verifyRun: { module: 'runs/verify-run' },
  exportRun: {
    module: 'runs/export-run',
    uses: ['exportUrl'],
    rights: ['store:write', 'blobs:read', 'blobs:write'],
    parts: ['exports'],
  },
  getMetrics: { module: 'runs/get-metrics', uses: ['runMetrics'] },
  readLogs: { module: 'runs/read-logs', uses: ['runLogs'], rights: readsBlobs },
  readTranscript: { module: 'runs/read-transcript', rights: linksBlobs },
  cancelRun: { module: 'runs/control-run', rights: [...steers, ...linksBlobs] },
  pauseRun: { module: 'runs/control-run', rights: [...steers, ...linksBlobs] },
  resumeRun: { module: 'runs/control-run', rights: [...steers, ...linksBlobs] },
  signalRun: { module: 'runs/signal-run', rights: [...steers, ...linksBlobs] },
  listApprovals: { module: 'approvals/list-approvals' },
  getApproval: { module: 'approvals/get-approval' },
  approve: { module: 'approvals/decide-approval', uses: ['decideApproval'], rights: steers },
  deny: { module: 'approvals/decide-approval', uses: ['decideApproval'], rights: steers },
  listArtifacts: { module: 'artifacts/list-artifacts' },
  getArtifact: { module: 'artifacts/get-artifact', uses: ['artifactUrl'], rights: linksBlobs },
  readAudit: { module: 'audit/read-audit' },
  verifyAudit: { module: 'audit/verify-audit' },
  readPlatformAudit: { module: 'audit/read-audit' },
  verifyPlatformAudit: { module: 'audit/verify-audit' },
  createKey: { module: 'keys/create-key', rights: writes },
  listKeys: { module: 'keys/list-keys' },
  getKey: { module: 'keys/get-key' },
  revokeKey: { module: 'keys/revoke-key', rights: writes },
  getRetention: { module: 'retention/get-retention' },
  setRetention: { module: 'retention/set-retention', rights: writes },
  erasePayload: { module: 'retention/erase-payload', rights: [...steers, 'blobs:read', 'blobs:write'] },
  createTenant: { module: 'tenants/create-tenant', rights: writes },
  listTenants: { module: 'tenants/list-tenants' },
  getTenant: { module: 'tenants/get-tenant' },
  suspendTenant: { module: 'tenants/control-tenant', rights: steers },
  resumeTenant: {
    module: 'tenants/control-tenant',
    rights: [...steers, 'blobs:read', 'blobs:write', 'engine:run'],
  },
  createUpload: { module: 'uploads/create-upload', rights: [...writes, ...linksBlobs] },
  addWebhook: { module: 'webhooks/change-webhooks', rights: [...writes, 'key:webhooks'] },
  listWebhooks: { module: 'webhooks/read-webhooks' },
  getWebhook: { module: 'webhooks/read-webhooks' },
  removeWebhook: { module: 'webhooks/change-webhooks', rights: writes },
  changeWebhookSecret: { module: 'webhooks/change-webhooks', rights: [...writes, 'key:webhooks'] },
  testWebhook: { module: 'webhooks/deliveries', rights: [...writes, 'key:webhooks'] },
  listDeliveries: { module: 'webhooks/deliveries' },
  getDelivery: { module: 'webhooks/deliveries' },
  replayDelivery: { module: 'webhooks/deliveries', rights: writes },
  report: {
    module: 'workers/report',
    rights: [...steers, 'blobs:read', 'blobs:write', 'key:tickets'],
  },
};

/** Routes about the service itself: nobody is asked who they are. */
const ofService = {
  health: { module: 'service/health', rights: [] },
  ready: { module: 'service/health', rights: ['store:read'] },
  getOpenApi: { module: 'service/get-openapi', rights: [] },
} as const satisfies Readonly<Record<string, Required<Pick<About, 'module' | 'rights'>>>>;

/** A gateway waits 29 s for an answer, and a request for news at most 20. */
const answerSeconds = 29;

/** One function for each route. */
export function httpFunctions(): readonly HttpFunction[] {
  return Object.entries(routes).map(([name, route]) => ({
    name: kebab(name),
    purpose: route.summary,
    route,
    ...(name in ofService ? service(name as keyof typeof ofService) : useCases(name as keyof typeof about)),
    timeoutSeconds: answerSeconds,
    memoryMb: 512,
  }));
}

type Made = Pick<FunctionSpec, 'source' | 'rights'>;

function useCases(name: keyof typeof about): Made {
  const { module, uses = [name as keyof Api], rights: own = [], parts = [] } = about[name];
  const rights = ['store:read', 'refusals:send', ...own] as const;
  const slice = uses.map((use) => `${use}: ${use}(app)`).join(', ');
  return {
    rights,
    source: sourceOf({
      rights,
      parts,
      maker: ['./functions/http/function.ts', 'httpFunction'],
      imports: {
        [`./functions/http/${module}.ts`]: [`${name} as endpoint`],
        './shared/application/use-cases.ts': uses,
      },
      given: `(app) => endpoint({ ${slice} })`,
    }),
  };
}

function service(name: keyof typeof ofService): Made {
  const { module, rights } = ofService[name];
  return {
    rights,
    source: sourceOf({
      rights,
      maker: ['./functions/http/service/function.ts', 'serviceFunction'],
      imports: {
        [`./functions/http/${module}.ts`]: [`${name} as endpoint`],
        './package.json': ['version'],
      },
      given: '{ version, endpointOf: endpoint }',
    }),
  };
}
