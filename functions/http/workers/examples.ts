import type { Examples } from '../openapi/example.ts';
import type { workerRoutes } from './routes.ts';

export const workerExamples = {
  report: { body: { type: 'heartbeat' } },
} satisfies Examples<typeof workerRoutes>;
