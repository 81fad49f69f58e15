import { approval, type Examples } from '../openapi/example.ts';
import type { approvalRoutes } from './routes.ts';

export const approvalExamples = {
  listApprovals: { query: { status: 'pending' } },
  getApproval: { params: approval },
  approve: { params: approval, body: { reason: 'The figures are right' } },
  deny: { params: approval, body: { reason: 'Too dear' } },
} satisfies Examples<typeof approvalRoutes>;
