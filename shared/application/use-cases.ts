import { platformTenant } from '../domain/audit/records.ts';
import type { Json } from '../domain/json.ts';
import type { Api } from './api.ts';
import type { App } from './app.ts';
import * as audit from './audit/read-audit.ts';
import * as control from './commands/control-run.ts';
import * as decisions from './commands/decide-approval.ts';
import * as publication from './commands/publish-agent.ts';
import * as reports from './commands/report.ts';
import * as aliases from './commands/set-alias.ts';
import * as starts from './commands/start-run.ts';
import * as erasure from './disposal/erase-payload.ts';
import * as retention from './disposal/retention.ts';
import * as newKeys from './keys/create-key.ts';
import * as keys from './keys/keys.ts';
import * as agentQueries from './queries/agents.ts';
import * as approvalQueries from './queries/approvals.ts';
import * as artifactQueries from './queries/artifacts.ts';
import * as exportLinks from './queries/export-url.ts';
import * as logs from './queries/run-logs.ts';
import * as metrics from './queries/run-metrics.ts';
import * as runQueries from './queries/runs.ts';
import * as verification from './queries/verify-run.ts';
import * as tenants from './tenants/tenants.ts';
import * as transcripts from './transcripts/read-transcript.ts';
import * as uploads from './uploads/create-upload.ts';
import * as deliveries from './webhooks/deliveries.ts';
import * as webhooks from './webhooks/webhooks.ts';

/** One use case, closed over what it needs. Each is exported by itself: a function that serves one holds no other. */
type UseCase<N extends keyof Api> = (app: App) => Api[N];

export const publishAgent: UseCase<'publishAgent'> = (app) => (caller, given) =>
  publication.publishAgent(app, caller, given);
export const listAgents: UseCase<'listAgents'> = (app) => (caller) => agentQueries.listAgents(app, caller);
export const getAgent: UseCase<'getAgent'> = (app) => (caller, agent) =>
  agentQueries.getAgent(app, caller, agent);
export const getVersion: UseCase<'getVersion'> = (app) => (caller, agent, version) =>
  agentQueries.getVersion(app, caller, agent, version);
export const setAlias: UseCase<'setAlias'> = (app) => (caller, setting) =>
  aliases.setAlias(app, caller, setting);
export const listAliases: UseCase<'listAliases'> = (app) => (caller, agent) =>
  agentQueries.listAliases(app, caller, agent);
export const getAlias: UseCase<'getAlias'> = (app) => (caller, agent, alias) =>
  agentQueries.getAlias(app, caller, agent, alias);
export const removeAlias: UseCase<'removeAlias'> = (app) => (caller, agent, alias) =>
  aliases.removeAlias(app, caller, agent, alias);
export const startRun: UseCase<'startRun'> = (app) => (caller, start) => starts.startRun(app, caller, start);
export const getRun: UseCase<'getRun'> = (app) => (caller, run) => runQueries.getRun(app, caller, run);
export const waitForEnd: UseCase<'waitForEnd'> = (app) => (caller, run, waitMs) =>
  runQueries.waitForEnd(app, caller, run, waitMs);
export const listRuns: UseCase<'listRuns'> = (app) => (caller, filter) =>
  runQueries.listRuns(app, caller, filter);
export const readEvents: UseCase<'readEvents'> = (app) => (caller, run, query) =>
  runQueries.readEvents(app, caller, run, query);
export const verifyRun: UseCase<'verifyRun'> = (app) => (caller, run) =>
  verification.verifyRun(app, caller, run);
export const exportUrl: UseCase<'exportUrl'> = (app) => (caller, run, what) =>
  exportLinks.exportUrl(app, caller, run, what);
export const erasePayload: UseCase<'erasePayload'> = (app) => (caller, request) =>
  erasure.erasePayload(app, caller, request);
export const getRetention: UseCase<'getRetention'> = (app) => (caller) => retention.getRetention(app, caller);
export const setRetention: UseCase<'setRetention'> = (app) => (caller, days) =>
  retention.setRetention(app, caller, days);
export const runMetrics: UseCase<'runMetrics'> = (app) => (caller, run) =>
  metrics.runMetrics(app, caller, run);
export const runLogs: UseCase<'runLogs'> = (app) => (caller, run, query) =>
  logs.runLogs(app, caller, run, query);
export const createUpload: UseCase<'createUpload'> = (app) => (caller, announced) =>
  uploads.createUpload(app, caller, announced);
export const readTranscript: UseCase<'readTranscript'> = (app) => (caller, run, query) =>
  transcripts.readTranscript(app, caller, run, query);
export const cancelRun: UseCase<'cancelRun'> = (app) => (caller, run, why) =>
  control.cancelRun(app, caller, run, why);
export const pauseRun: UseCase<'pauseRun'> = (app) => (caller, run, why) =>
  control.pauseRun(app, caller, run, why);
export const resumeRun: UseCase<'resumeRun'> = (app) => (caller, run, why) =>
  control.resumeRun(app, caller, run, why);
export const signalRun: UseCase<'signalRun'> = (app) => (caller, run, signal) =>
  control.signalRun(app, caller, run, signal);
export const listApprovals: UseCase<'listApprovals'> = (app) => (caller, filter) =>
  approvalQueries.listApprovals(app, caller, filter);
export const getApproval: UseCase<'getApproval'> = (app) => (caller, approval) =>
  approvalQueries.getApproval(app, caller, approval);
export const decideApproval: UseCase<'decideApproval'> = (app) => (caller, approval, decision) =>
  decisions.decideApproval(app, caller, approval, decision);
export const listArtifacts: UseCase<'listArtifacts'> = (app) => (caller, run) =>
  artifactQueries.listArtifacts(app, caller, run);
export const artifactUrl: UseCase<'artifactUrl'> = (app) => (caller, run, name) =>
  artifactQueries.artifactUrl(app, caller, run, name);
export const readAudit: UseCase<'readAudit'> =
  (app) =>
  ({ tenant }, query) =>
    audit.readAudit(app, tenant, query);
export const verifyAudit: UseCase<'verifyAudit'> =
  (app) =>
  ({ tenant }) =>
    audit.verifyAudit(app, tenant);
export const readPlatformAudit: UseCase<'readPlatformAudit'> = (app) => (_caller, query) =>
  audit.readAudit(app, platformTenant, query);
export const verifyPlatformAudit: UseCase<'verifyPlatformAudit'> = (app) => () =>
  audit.verifyAudit(app, platformTenant);
export const createKey: UseCase<'createKey'> = (app) => (caller, key) => newKeys.createKey(app, caller, key);
export const listKeys: UseCase<'listKeys'> = (app) => (caller, page) => keys.listKeys(app, caller, page);
export const getKey: UseCase<'getKey'> = (app) => (caller, key) => keys.getKey(app, caller, key);
export const revokeKey: UseCase<'revokeKey'> = (app) => (caller, key, why) =>
  keys.revokeKey(app, caller, key, why);
export const createTenant: UseCase<'createTenant'> = (app) => (caller, tenant) =>
  tenants.createTenant(app, tenants.platformActor(caller), tenant);
export const listTenants: UseCase<'listTenants'> = (app) => (_caller, page) => tenants.listTenants(app, page);
export const getTenant: UseCase<'getTenant'> = (app) => (_caller, tenant) => tenants.findTenant(app, tenant);
export const suspendTenant: UseCase<'suspendTenant'> = (app) => (caller, tenant, why) =>
  tenants.suspendTenant(app, tenants.platformActor(caller), tenant, why);
export const resumeTenant: UseCase<'resumeTenant'> = (app) => (caller, tenant, why) =>
  tenants.resumeTenant(app, tenants.platformActor(caller), tenant, why);
export const addWebhook: UseCase<'addWebhook'> = (app) => (caller, wanted) =>
  webhooks.addWebhook(app, caller, wanted);
export const listWebhooks: UseCase<'listWebhooks'> = (app) => (caller) => webhooks.listWebhooks(app, caller);
export const getWebhook: UseCase<'getWebhook'> = (app) => (caller, webhook) =>
  webhooks.getWebhook(app, caller, webhook);
export const removeWebhook: UseCase<'removeWebhook'> = (app) => (caller, webhook) =>
  webhooks.removeWebhook(app, caller, webhook);
export const changeWebhookSecret: UseCase<'changeWebhookSecret'> = (app) => (caller, webhook) =>
  webhooks.changeWebhookSecret(app, caller, webhook);
export const testWebhook: UseCase<'testWebhook'> = (app) => (caller, webhook) =>
  deliveries.testWebhook(app, caller, webhook);
export const listDeliveries: UseCase<'listDeliveries'> = (app) => (caller, webhook, filter) =>
  deliveries.listDeliveries(app, caller, webhook, filter);
export const getDelivery: UseCase<'getDelivery'> = (app) => (caller, webhook, delivery) =>
  deliveries.getDelivery(app, caller, webhook, delivery);
export const replayDelivery: UseCase<'replayDelivery'> = (app) => (caller, webhook, delivery) =>
  deliveries.replayDelivery(app, caller, webhook, delivery);
export const report: UseCase<'report'> = (app) => async (ticket, message) =>
  (await reports.report(app, ticket, message)) as unknown as Json;
