import { json } from '../../../shared/protocol/json.ts';
import { reportMessage } from '../../../shared/protocol/report.ts';
import { defineRoute, type Route } from '../route.ts';

/** For those who carry out an operation. */
export const workerRoutes = {
  report: defineRoute({
    method: 'POST',
    path: '/v1/report',
    summary: 'Report on an operation (workers only)',
    credential: 'ticket',
    body: reportMessage,
    status: 200,
    errors: ['resource.not-found'],
    response: json,
  }),
} satisfies Record<string, Route>;
