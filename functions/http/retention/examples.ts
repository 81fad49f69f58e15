import { type Examples, run } from '../openapi/example.ts';
import type { retentionRoutes } from './routes.ts';

export const retentionExamples = {
  getRetention: {},
  setRetention: { body: { days: 365 } },
  erasePayload: { params: { ...run, seq: '1' }, body: { reason: 'Asked for by the person it is about' } },
} satisfies Examples<typeof retentionRoutes>;
