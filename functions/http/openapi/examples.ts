import type { RouteName } from '../routes.ts';

/** A good request to a route. Shown in the OpenAPI document, and sent by the tests. */
export interface Example {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const run = { run: 'run_01kdvdna000000000000000001' };
const approval = { approval: 'apr_01kdvdna000000000000000001-12' };
const agent = { agent: 'csv-report' };

/** One example of every route. */
export const examples: Readonly<Record<RouteName, Example>> = {
  publishVersion: {
    params: agent,
    body: { number: '1.2.0', description: 'Reports on a CSV file', bundle: 'export default async () => 1;' },
  },
  listAgents: {},
  getAgent: { params: agent },
  getVersion: { params: { ...agent, version: '1.2.0' } },
  startRun: {
    query: { wait: '2' },
    body: {
      agent: 'csv-report',
      version: '1.2.0',
      input: { file: 'orders.csv' },
      files: [{ path: 'orders.csv', content: 'id,price\n1,9.50\n' }],
      session: 'week-48',
    },
  },
  listRuns: { query: { agent: 'csv-report', status: 'waiting', limit: '10' } },
  getRun: { params: run, query: { wait: '0.5' } },
  readEvents: { params: run, query: { after: '7', limit: '100', wait: '0.5' } },
  verifyRun: { params: run },
  getMetrics: { params: run },
  readLogs: { params: run, query: { after: '7', limit: '100' } },
  cancelRun: { params: run, body: { reason: 'No longer needed' } },
  pauseRun: { params: run, body: { reason: 'The shop is closed' } },
  resumeRun: { params: run, body: { reason: 'It is open again' } },
  signalRun: { params: run, body: { name: 'paid', payload: { amount: 7 } } },
  listApprovals: { query: { status: 'pending' } },
  getApproval: { params: approval },
  approve: { params: approval, body: { reason: 'The figures are right' } },
  deny: { params: approval, body: { reason: 'Too dear' } },
  listArtifacts: { params: run },
  getArtifact: { params: { ...run, name: 'report/final.md' } },
  report: { body: { type: 'heartbeat' } },
  health: {},
  ready: {},
  getOpenApi: {},
};

/** Path and query of a request, as a client writes them. */
export function targetOf(path: string, { params = {}, query = {} }: Example): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(query).toString();
  return search === '' ? filled : `${filled}?${search}`;
}
