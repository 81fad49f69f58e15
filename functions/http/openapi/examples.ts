import { agentExamples } from '../agents/examples.ts';
import { approvalExamples } from '../approvals/examples.ts';
import { artifactExamples } from '../artifacts/examples.ts';
import { auditExamples } from '../audit/examples.ts';
import { keyExamples } from '../keys/examples.ts';
import { retentionExamples } from '../retention/examples.ts';
import type { routes } from '../routes.ts';
import { runExamples } from '../runs/examples.ts';
import { serviceExamples } from '../service/examples.ts';
import { tenantExamples } from '../tenants/examples.ts';
import { uploadExamples } from '../uploads/examples.ts';
import { webhookExamples } from '../webhooks/examples.ts';
import { workerExamples } from '../workers/examples.ts';
import type { Example, Examples } from './example.ts';

/** One example of every route. */
export const examples: Examples<typeof routes> = {
  ...agentExamples,
  ...runExamples,
  ...approvalExamples,
  ...artifactExamples,
  ...auditExamples,
  ...keyExamples,
  ...retentionExamples,
  ...tenantExamples,
  ...uploadExamples,
  ...webhookExamples,
  ...workerExamples,
  ...serviceExamples,
};

/** Path and query of a request, as a client writes them. */
export function targetOf(path: string, { params = {}, query = {} }: Example): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(query).toString();
  return search === '' ? filled : `${filled}?${search}`;
}
