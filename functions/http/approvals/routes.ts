import * as z from 'zod';
import { approval, approvalPage, approvalQuery, decide } from '../../../shared/protocol/approvals.ts';
import { approvalId } from '../../../shared/protocol/primitives.ts';
import { schema } from '../../../shared/protocol/schema.ts';
import { operator, user } from '../needs.ts';
import { defineRoute, type Route } from '../route.ts';

const ofApproval = schema(() => z.strictObject({ approval: approvalId() }));

/** Decisions that runs wait for. */
export const approvalRoutes = {
  listApprovals: defineRoute({
    ...user,
    method: 'GET',
    path: '/v1/approvals',
    summary: 'List approvals, newest first',
    query: approvalQuery,
    status: 200,
    response: approvalPage,
  }),
  getApproval: defineRoute({
    ...user,
    method: 'GET',
    path: '/v1/approvals/{approval}',
    summary: 'Get an approval',
    params: ofApproval,
    status: 200,
    response: approval,
  }),
  approve: defineRoute({
    ...operator,
    method: 'POST',
    path: '/v1/approvals/{approval}/approve',
    summary: 'Approve the operation',
    params: ofApproval,
    body: decide,
    bodyOptional: true,
    idempotent: 'by-nature',
    status: 200,
    errors: ['approval.decided', 'approval.expired', 'run.ended'],
    response: approval,
  }),
  deny: defineRoute({
    ...operator,
    method: 'POST',
    path: '/v1/approvals/{approval}/deny',
    summary: 'Deny the operation',
    params: ofApproval,
    body: decide,
    bodyOptional: true,
    idempotent: 'by-nature',
    status: 200,
    errors: ['approval.decided', 'approval.expired', 'run.ended'],
    response: approval,
  }),
} satisfies Record<string, Route>;
