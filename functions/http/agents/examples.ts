import { agent, type Examples } from '../openapi/example.ts';
import type { agentRoutes } from './routes.ts';

export const agentExamples = {
  publishVersion: {
    params: agent,
    body: { number: '1.2.0', description: 'Reports on a CSV file', bundle: 'export default async () => 1;' },
  },
  listAgents: {},
  getAgent: { params: agent },
  getVersion: { params: { ...agent, version: '1.2.0' } },
} satisfies Examples<typeof agentRoutes>;
