import { platformTenant } from '../domain/audit/records.ts';
import type { Json } from '../domain/json.ts';
import type { Api } from './api.ts';
import type { App } from './app.ts';
import { readAudit, verifyAudit } from './audit/read-audit.ts';
import { cancelRun, pauseRun, resumeRun, signalRun } from './commands/control-run.ts';
import { decideApproval } from './commands/decide-approval.ts';
import { publishAgent } from './commands/publish-agent.ts';
import { report } from './commands/report.ts';
import { removeAlias, setAlias } from './commands/set-alias.ts';
import { startRun } from './commands/start-run.ts';
import { erasePayload } from './disposal/erase-payload.ts';
import { getRetention, setRetention } from './disposal/retention.ts';
import { createKey } from './keys/create-key.ts';
import { getKey, listKeys, revokeKey } from './keys/keys.ts';
import { getAgent, getAlias, getVersion, listAgents, listAliases } from './queries/agents.ts';
import { getApproval, listApprovals } from './queries/approvals.ts';
import { artifactUrl, listArtifacts } from './queries/artifacts.ts';
import { exportUrl } from './queries/export-url.ts';
import { runLogs } from './queries/run-logs.ts';
import { runMetrics } from './queries/run-metrics.ts';
import { getRun, listRuns, readEvents, waitForEnd } from './queries/runs.ts';
import { verifyRun } from './queries/verify-run.ts';
import {
  createTenant,
  findTenant,
  listTenants,
  platformActor,
  resumeTenant,
  suspendTenant,
} from './tenants/tenants.ts';
import { readTranscript } from './transcripts/read-transcript.ts';
import { createUpload } from './uploads/create-upload.ts';
import { getDelivery, listDeliveries, replayDelivery, testWebhook } from './webhooks/deliveries.ts';
import {
  addWebhook,
  changeWebhookSecret,
  getWebhook,
  listWebhooks,
  removeWebhook,
} from './webhooks/webhooks.ts';

/** The use cases, closed over what they need. */
export function createApi(app: App): Api {
  return {
    publishAgent: (caller, publication) => publishAgent(app, caller, publication),
    listAgents: (caller) => listAgents(app, caller),
    getAgent: (caller, agent) => getAgent(app, caller, agent),
    getVersion: (caller, agent, version) => getVersion(app, caller, agent, version),
    setAlias: (caller, setting) => setAlias(app, caller, setting),
    listAliases: (caller, agent) => listAliases(app, caller, agent),
    getAlias: (caller, agent, alias) => getAlias(app, caller, agent, alias),
    removeAlias: (caller, agent, alias) => removeAlias(app, caller, agent, alias),
    startRun: (caller, start) => startRun(app, caller, start),
    getRun: (caller, run) => getRun(app, caller, run),
    waitForEnd: (caller, run, waitMs) => waitForEnd(app, caller, run, waitMs),
    listRuns: (caller, filter) => listRuns(app, caller, filter),
    readEvents: (caller, run, query) => readEvents(app, caller, run, query),
    verifyRun: (caller, run) => verifyRun(app, caller, run),
    exportUrl: (caller, run, what) => exportUrl(app, caller, run, what),
    erasePayload: (caller, request) => erasePayload(app, caller, request),
    getRetention: (caller) => getRetention(app, caller),
    setRetention: (caller, days) => setRetention(app, caller, days),
    runMetrics: (caller, run) => runMetrics(app, caller, run),
    runLogs: (caller, run, query) => runLogs(app, caller, run, query),
    createUpload: (caller, announced) => createUpload(app, caller, announced),
    readTranscript: (caller, run, query) => readTranscript(app, caller, run, query),
    cancelRun: (caller, run, why) => cancelRun(app, caller, run, why),
    pauseRun: (caller, run, why) => pauseRun(app, caller, run, why),
    resumeRun: (caller, run, why) => resumeRun(app, caller, run, why),
    signalRun: (caller, run, signal) => signalRun(app, caller, run, signal),
    listApprovals: (caller, filter) => listApprovals(app, caller, filter),
    getApproval: (caller, approval) => getApproval(app, caller, approval),
    decideApproval: (caller, approval, decision) => decideApproval(app, caller, approval, decision),
    listArtifacts: (caller, run) => listArtifacts(app, caller, run),
    artifactUrl: (caller, run, name) => artifactUrl(app, caller, run, name),
    readAudit: ({ tenant }, query) => readAudit(app, tenant, query),
    verifyAudit: ({ tenant }) => verifyAudit(app, tenant),
    readPlatformAudit: (_caller, query) => readAudit(app, platformTenant, query),
    verifyPlatformAudit: () => verifyAudit(app, platformTenant),
    createKey: (caller, key) => createKey(app, caller, key),
    listKeys: (caller, page) => listKeys(app, caller, page),
    getKey: (caller, key) => getKey(app, caller, key),
    revokeKey: (caller, key, why) => revokeKey(app, caller, key, why),
    createTenant: (caller, tenant) => createTenant(app, platformActor(caller), tenant),
    listTenants: (_caller, page) => listTenants(app, page),
    getTenant: (_caller, tenant) => findTenant(app, tenant),
    suspendTenant: (caller, tenant, why) => suspendTenant(app, platformActor(caller), tenant, why),
    resumeTenant: (caller, tenant, why) => resumeTenant(app, platformActor(caller), tenant, why),
    addWebhook: (caller, wanted) => addWebhook(app, caller, wanted),
    listWebhooks: (caller) => listWebhooks(app, caller),
    getWebhook: (caller, webhook) => getWebhook(app, caller, webhook),
    removeWebhook: (caller, webhook) => removeWebhook(app, caller, webhook),
    changeWebhookSecret: (caller, webhook) => changeWebhookSecret(app, caller, webhook),
    testWebhook: (caller, webhook) => testWebhook(app, caller, webhook),
    listDeliveries: (caller, webhook, filter) => listDeliveries(app, caller, webhook, filter),
    getDelivery: (caller, webhook, delivery) => getDelivery(app, caller, webhook, delivery),
    replayDelivery: (caller, webhook, delivery) => replayDelivery(app, caller, webhook, delivery),
    report: async (ticket, message) => (await report(app, ticket, message)) as unknown as Json,
  };
}
