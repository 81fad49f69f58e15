import type { Examples } from '../openapi/example.ts';
import type { keyRoutes } from './routes.ts';

const key = { key: '01kdvdna000000000000000001' };

export const keyExamples = {
  createKey: { body: { name: 'nightly build', roles: ['operator'], expiresAt: '2099-12-31T00:00:00.000Z' } },
  listKeys: { query: { limit: '10' } },
  getKey: { params: key },
  revokeKey: { params: key, body: { reason: 'It was found in a log' } },
} satisfies Examples<typeof keyRoutes>;
