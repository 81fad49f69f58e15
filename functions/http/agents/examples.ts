import { agent, type Examples } from '../openapi/example.ts';
import type { agentRoutes } from './routes.ts';

const alias = { ...agent, alias: 'live' };

export const agentExamples = {
  publishVersion: {
    params: agent,
    body: {
      number: '1.2.0',
      description: 'Reports on a CSV file',
      bundle: 'export default async () => 1;',
      roleRequired: 'operator',
    },
  },
  listAgents: {},
  getAgent: { params: agent },
  setAlias: {
    params: alias,
    body: { version: '1.1.0', share: { version: '1.2.0', percent: 10 } },
  },
  listAliases: { params: agent },
  getAlias: { params: alias },
  removeAlias: { params: alias },
  getVersion: { params: { ...agent, version: '1.2.0' } },
} satisfies Examples<typeof agentRoutes>;
