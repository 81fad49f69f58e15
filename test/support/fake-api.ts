import type { KeyView } from '../../shared/application/api/keys.ts';
import type { RunView } from '../../shared/application/api/runs.ts';
import type { Api } from '../../shared/application/api.ts';
import type { AuditEvent } from '../../shared/domain/audit/events.ts';
import type { AgentVersion, Alias, Tenant, Webhook } from '../../shared/domain/audit/records.ts';
import type { RunEvent } from '../../shared/domain/events.ts';
import type { ApprovalRow, ArtifactRow } from '../../shared/domain/projections.ts';
import type { Delivery } from '../../shared/domain/webhooks/delivery.ts';

const digest = 'a'.repeat(64);
const at = '2026-11-21T02:30:00.000Z';

export const runOf = (changes: Partial<RunView> = {}): RunView => ({
  tenant: 'acme',
  run: 'run_01kah0000000000000000000aa',
  agent: 'greeter',
  version: digest,
  number: '1.0.0',
  status: 'queued',
  createdAt: at,
  input: { name: 'Ada' },
  tree: null,
  operations: 0,
  generation: 0,
  isolation: { program: 'memory', command: 'none' },
  openApprovals: [],
  ...changes,
});

export const approvalOf = (changes: Partial<ApprovalRow> = {}): ApprovalRow => ({
  tenant: 'acme',
  approval: 'apr_01kah00000aaaaaaaaaaaaaaaa',
  run: runOf().run,
  agent: 'greeter',
  operation: 3,
  hash: digest,
  status: 'pending',
  what: 'Send the letter',
  requestedAt: at,
  expiresAt: at,
  ...changes,
});

export const versionOf = (changes: Partial<AgentVersion> = {}): AgentVersion => ({
  tenant: 'acme',
  agent: 'greeter',
  number: '1.0.0',
  digest,
  brain: 'program',
  bundle: digest,
  bundleSize: 10,
  publishedAt: at,
  publishedBy: 'alice',
  ...changes,
});

export const aliasOf = (changes: Partial<Alias> = {}): Alias => ({
  tenant: 'acme',
  agent: 'greeter',
  alias: 'live',
  version: digest,
  number: '1.0.0',
  setAt: at,
  setBy: 'user:alice',
  ...changes,
});

export const webhookOf = (changes: Partial<Webhook> = {}): Webhook => ({
  tenant: 'acme',
  webhook: 'whk_01kah0000000000000000000aa',
  url: 'https://example.com/hook',
  events: ['run.succeeded'],
  status: 'active',
  secretNumber: 1,
  createdAt: at,
  createdBy: 'user:alice',
  ...changes,
});

export const sentOf = (changes: Partial<Delivery> = {}): Delivery => ({
  tenant: 'acme',
  webhook: webhookOf().webhook,
  delivery: 'dlv_01kah0000000000000000000aa-01kah0000000000000000000aa',
  event: 'run.succeeded',
  body: '{}',
  status: 'delivered',
  createdAt: at,
  attempts: 1,
  last: { at, took: 12, status: 204 },
  revision: 2,
  ...changes,
});

export const artifactOf = (changes: Partial<ArtifactRow> = {}): ArtifactRow => ({
  tenant: 'acme',
  run: runOf().run,
  operation: 2,
  name: 'report/final.md',
  path: 'report/final.md',
  mediaType: 'text/markdown',
  blob: digest,
  size: 12,
  at,
  ...changes,
});

export const auditEventOf = (): AuditEvent => ({
  v: 1,
  id: 'evt_01kah0000000000000000000ab',
  tenant: 'acme',
  seq: 1,
  type: 'key.revoked',
  at,
  by: 'user:alice',
  prev: '0'.repeat(64),
  digest,
  salt: '00',
  payload: { key: keyOf().key },
});

export const keyOf = (changes: Partial<KeyView> = {}): KeyView => ({
  tenant: 'acme',
  key: '01kah0000000000000000000aa',
  name: 'nightly build',
  roles: ['operator'],
  createdAt: at,
  createdBy: 'user:alice',
  ...changes,
});

export const tenantOf = (changes: Partial<Tenant> = {}): Tenant => ({
  tenant: 'acme',
  name: 'Acme Ltd',
  status: 'active',
  createdAt: at,
  createdBy: 'platform:pat',
  ...changes,
});

export const eventOf = (): RunEvent => ({
  v: 1,
  id: 'evt_01kah0000000000000000000aa',
  tenant: 'acme',
  run: runOf().run,
  seq: 1,
  type: 'run.carried',
  at,
  by: 'system',
  prev: '0'.repeat(64),
  digest,
  salt: '00',
  payload: { generation: 1 },
});

/** A use case that was called: its name, then what it was given. */
export type ApiCall = readonly [name: keyof Api, ...args: unknown[]];

/** Use cases that answer with samples and remember how they were called; single ones can be replaced. */
export function fakeApi(changes: Partial<Api> = {}): { readonly api: Api; readonly calls: ApiCall[] } {
  const samples: Api = {
    publishAgent: async () => versionOf(),
    listAgents: async () => [versionOf()],
    getAgent: async () => ({
      agent: 'greeter',
      latest: versionOf(),
      versions: [versionOf()],
      aliases: [aliasOf()],
    }),
    getVersion: async () => versionOf(),
    setAlias: async () => aliasOf(),
    listAliases: async () => [aliasOf()],
    getAlias: async () => aliasOf(),
    removeAlias: async () => aliasOf(),
    startRun: async () => ({ run: runOf(), replayed: false }),
    getRun: async () => runOf(),
    waitForEnd: async () => runOf({ status: 'succeeded', endedAt: at, output: 'Hello' }),
    listRuns: async () => ({ items: [runOf()], cursor: 'next' }),
    readEvents: async () => ({ events: [eventOf()], more: false, ended: false }),
    verifyRun: async () => ({ run: runOf().run, events: 1, findings: [], head: null }),
    erasePayload: async () => ({ event: eventOf(), blobs: 0 }),
    getRetention: async () => ({ days: null }),
    setRetention: async (_, days) => ({ days, setAt: at, setBy: 'user:alice' }),
    exportUrl: async () => 'http://127.0.0.1/v1/exports/acme/run?signature=x',
    runMetrics: async () => ({
      durationMs: 9,
      inStatusMs: { running: 9 },
      waitingForMs: {},
      operations: { log: 1 },
      failedOperations: 0,
      generations: 1,
    }),
    runLogs: async () => ({
      lines: [{ seq: 3, at, operation: 1, level: 'info', message: 'Hello' }],
      after: 3,
      more: false,
    }),
    createUpload: async () => ({
      upload: digest,
      size: 11,
      present: false,
      url: 'http://127.0.0.1:4400/v1/blobs/acme/a?signature=b',
      method: 'PUT',
      headers: { 'content-length': '11' },
      expiresAt: at,
    }),
    readTranscript: async () => ({
      lines: [{ seq: 2, at, by: 'run', type: 'request', operation: 1, kind: 'sleep', value: { ms: 5 } }],
      next: 2,
    }),
    cancelRun: async () => runOf({ status: 'cancelled', endedAt: at }),
    pauseRun: async () => runOf({ status: 'paused' }),
    resumeRun: async () => runOf({ status: 'running' }),
    signalRun: async () => ({ run: runOf(), replayed: false }),
    listApprovals: async () => ({ items: [approvalOf()] }),
    getApproval: async () => approvalOf(),
    decideApproval: async (_caller, _id, { decision }) => approvalOf({ status: decision }),
    listArtifacts: async () => [artifactOf()],
    artifactUrl: async () => 'http://127.0.0.1:4400/v1/blobs/acme/a?signature=b',
    readAudit: async () => ({ events: [auditEventOf()], after: 1, more: false, last: 1 }),
    verifyAudit: async () => ({ tenant: 'acme', events: 0, findings: [], head: null }),
    readPlatformAudit: async () => ({ events: [], after: 0, more: false, last: 0 }),
    verifyPlatformAudit: async () => ({ tenant: 'platform', events: 0, findings: [], head: null }),
    createKey: async () => ({ ...keyOf(), secret: 'tk_made_up' }),
    listKeys: async () => ({ items: [keyOf()], cursor: 'next' }),
    getKey: async () => keyOf(),
    revokeKey: async () => keyOf({ revokedAt: at, revokedBy: 'user:alice' }),
    createTenant: async () => tenantOf(),
    listTenants: async () => ({ items: [tenantOf()], cursor: 'next' }),
    getTenant: async () => tenantOf(),
    suspendTenant: async () => tenantOf({ status: 'suspended', reason: 'Unpaid', settling: true }),
    resumeTenant: async () => tenantOf({ settling: true }),
    addWebhook: async () => ({ webhook: webhookOf(), secret: 'whsec_c2VjcmV0' }),
    listWebhooks: async () => [webhookOf()],
    getWebhook: async () => webhookOf(),
    removeWebhook: async () => webhookOf(),
    changeWebhookSecret: async () => ({ webhook: webhookOf({ secretNumber: 2 }), secret: 'whsec_c2VjcmV0' }),
    testWebhook: async () => sentOf(),
    listDeliveries: async () => ({ items: [sentOf()] }),
    getDelivery: async () => sentOf(),
    replayDelivery: async () => sentOf({ status: 'pending', dueAt: at }),
    report: async () => ({ next: 'continue' }),
    ...changes,
  };
  const calls: ApiCall[] = [];
  const api = Object.fromEntries(
    Object.entries(samples).map(([name, answer]) => [
      name,
      (...args: unknown[]) => {
        calls.push([name as keyof Api, ...args]);
        return (answer as (...args: unknown[]) => unknown)(...args);
      },
    ]),
  ) as unknown as Api;
  return { api, calls };
}
