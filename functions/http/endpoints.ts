import type { Api } from '../../shared/application/api.ts';
import { cancelRun, pauseRun, resumeRun } from './control-run.ts';
import { approve, deny } from './decide-approval.ts';
import type { Endpoint } from './endpoint.ts';
import { getAgent } from './get-agent.ts';
import { getApproval } from './get-approval.ts';
import { getArtifact } from './get-artifact.ts';
import { getMetrics } from './get-metrics.ts';
import { getOpenApi } from './get-openapi.ts';
import { getRun } from './get-run.ts';
import { getVersion } from './get-version.ts';
import { health, ready } from './health.ts';
import { listAgents } from './list-agents.ts';
import { listApprovals } from './list-approvals.ts';
import { listArtifacts } from './list-artifacts.ts';
import { listRuns } from './list-runs.ts';
import { publishVersion } from './publish-version.ts';
import { readEvents } from './read-events.ts';
import { readLogs } from './read-logs.ts';
import { report } from './report.ts';
import type { RouteName } from './routes.ts';
import { signalRun } from './signal-run.ts';
import { startRun } from './start-run.ts';
import { verifyRun } from './verify-run.ts';

/** What the service says of itself. */
export interface Service {
  /** Of Tandem. */
  readonly version: string;
  /** Throws while requests would fail. */
  check(): Promise<void>;
}

/** Every endpoint by the name of its route. */
export function endpoints(api: Api, service: Service): Record<RouteName, Endpoint> {
  return {
    publishVersion: publishVersion(api),
    listAgents: listAgents(api),
    getAgent: getAgent(api),
    getVersion: getVersion(api),
    startRun: startRun(api),
    listRuns: listRuns(api),
    getRun: getRun(api),
    readEvents: readEvents(api),
    verifyRun: verifyRun(api),
    getMetrics: getMetrics(api),
    readLogs: readLogs(api),
    cancelRun: cancelRun(api),
    pauseRun: pauseRun(api),
    resumeRun: resumeRun(api),
    signalRun: signalRun(api),
    listApprovals: listApprovals(api),
    getApproval: getApproval(api),
    approve: approve(api),
    deny: deny(api),
    listArtifacts: listArtifacts(api),
    getArtifact: getArtifact(api),
    report: report(api),
    health: health(),
    ready: ready(service),
    getOpenApi: getOpenApi(service),
  };
}
