import { type Examples, run } from '../openapi/example.ts';
import type { runRoutes } from './routes.ts';

export const runExamples = {
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
  listRuns: {
    query: {
      agent: 'csv-report',
      status: 'waiting',
      from: '2026-11-28T00:00:00Z',
      to: '2026-11-29T00:00:00Z',
      limit: '10',
    },
  },
  getRun: { params: run, query: { wait: '0.5' } },
  readEvents: { params: run, query: { after: '7', limit: '100', wait: '0.5' } },
  verifyRun: { params: run },
  exportRun: { params: run, query: { children: 'true' } },
  getMetrics: { params: run },
  readLogs: { params: run, query: { after: '7', limit: '100' } },
  readTranscript: { params: run, query: { after: '7', limit: '100' } },
  cancelRun: { params: run, body: { reason: 'No longer needed' } },
  pauseRun: { params: run, body: { reason: 'The shop is closed' } },
  resumeRun: { params: run, body: { reason: 'It is open again' } },
  signalRun: { params: run, body: { name: 'paid', payload: { amount: 7 } } },
} satisfies Examples<typeof runRoutes>;
