import type { Api } from '../../../shared/application/api.ts';
import type { EndpointsOf } from '../endpoint.ts';
import { cancelRun, pauseRun, resumeRun } from './control-run.ts';
import { exportRun } from './export-run.ts';
import { getMetrics } from './get-metrics.ts';
import { getRun } from './get-run.ts';
import { listRuns } from './list-runs.ts';
import { readEvents } from './read-events.ts';
import { readLogs } from './read-logs.ts';
import { readTranscript } from './read-transcript.ts';
import type { runRoutes } from './routes.ts';
import { signalRun } from './signal-run.ts';
import { startRun } from './start-run.ts';
import { verifyRun } from './verify-run.ts';

export const runEndpoints = (api: Api): EndpointsOf<typeof runRoutes> => ({
  startRun: startRun(api),
  listRuns: listRuns(api),
  getRun: getRun(api),
  readEvents: readEvents(api),
  verifyRun: verifyRun(api),
  exportRun: exportRun(api),
  getMetrics: getMetrics(api),
  readLogs: readLogs(api),
  readTranscript: readTranscript(api),
  cancelRun: cancelRun(api),
  pauseRun: pauseRun(api),
  resumeRun: resumeRun(api),
  signalRun: signalRun(api),
});
