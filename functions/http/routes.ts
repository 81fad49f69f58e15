import { z } from 'zod';
import { agent, agentList, agentVersion, publishVersion } from '../../shared/protocol/agents.ts';
import { approval, approvalPage, approvalQuery, decide } from '../../shared/protocol/approvals.ts';
import { artifactAddress, artifactList, artifactName } from '../../shared/protocol/artifacts.ts';
import { eventPage, eventQuery } from '../../shared/protocol/events.ts';
import { health } from '../../shared/protocol/health.ts';
import { json } from '../../shared/protocol/json.ts';
import { agentName, approvalId, runId, versionReference } from '../../shared/protocol/primitives.ts';
import { reportMessage } from '../../shared/protocol/report.ts';
import { control, run, runPage, runQuery, signal, startRun, waitQuery } from '../../shared/protocol/runs.ts';
import { verification } from '../../shared/protocol/verification.ts';
import { defineRoute, type Route } from './route.ts';

const ofAgent = z.strictObject({ agent: agentName });
const ofRun = z.strictObject({ run: runId });
const ofApproval = z.strictObject({ approval: approvalId });

const user = { credential: 'token', role: 'user' } as const;
const operator = { credential: 'token', role: 'operator' } as const;

/** Every route of the front door, by the name of its handler. */
export const routes = {
  publishVersion: defineRoute({
    ...operator,
    method: 'POST',
    path: '/v1/agents/{agent}/versions',
    summary: 'Publish a version of an agent',
    params: ofAgent,
    body: publishVersion,
    idempotent: 'by-nature',
    status: 201,
    response: agentVersion,
  }),
  listAgents: defineRoute({
    ...user,
    method: 'GET',
    path: '/v1/agents',
    summary: 'List the agents of the tenant',
    status: 200,
    response: agentList,
  }),
  getAgent: defineRoute({
    ...user,
    method: 'GET',
    path: '/v1/agents/{agent}',
    summary: 'Get an agent with its versions',
    params: ofAgent,
    status: 200,
    response: agent,
  }),
  getVersion: defineRoute({
    ...user,
    method: 'GET',
    path: '/v1/agents/{agent}/versions/{version}',
    summary: 'Get a version by number or digest',
    params: z.strictObject({ agent: agentName, version: versionReference }),
    status: 200,
    response: agentVersion,
  }),
  startRun: defineRoute({
    ...user,
    method: 'POST',
    path: '/v1/runs',
    summary: 'Start a run',
    query: waitQuery,
    body: startRun,
    idempotent: 'by-key',
    status: 202,
    response: run,
  }),
  listRuns: defineRoute({
    ...user,
    method: 'GET',
    path: '/v1/runs',
    summary: 'List runs, newest first',
    query: runQuery,
    status: 200,
    response: runPage,
  }),
  getRun: defineRoute({
    ...user,
    method: 'GET',
    path: '/v1/runs/{run}',
    summary: 'Get a run, or wait for its end',
    params: ofRun,
    query: waitQuery,
    status: 200,
    response: run,
  }),
  readEvents: defineRoute({
    ...user,
    method: 'GET',
    path: '/v1/runs/{run}/events',
    summary: "Read a run's log, or wait for its next event",
    params: ofRun,
    query: eventQuery,
    status: 200,
    response: eventPage,
  }),
  verifyRun: defineRoute({
    ...user,
    method: 'GET',
    path: '/v1/runs/{run}/verification',
    summary: 'Check the whole log of a run',
    params: ofRun,
    status: 200,
    response: verification,
  }),
  cancelRun: defineRoute({
    ...user,
    method: 'POST',
    path: '/v1/runs/{run}/cancel',
    summary: 'Cancel a run',
    params: ofRun,
    body: control,
    bodyOptional: true,
    idempotent: 'by-nature',
    status: 200,
    response: run,
  }),
  pauseRun: defineRoute({
    ...user,
    method: 'POST',
    path: '/v1/runs/{run}/pause',
    summary: 'Pause a run before its next operation',
    params: ofRun,
    body: control,
    bodyOptional: true,
    idempotent: 'by-nature',
    status: 200,
    response: run,
  }),
  resumeRun: defineRoute({
    ...user,
    method: 'POST',
    path: '/v1/runs/{run}/resume',
    summary: 'Resume a paused run',
    params: ofRun,
    body: control,
    bodyOptional: true,
    idempotent: 'by-nature',
    status: 200,
    response: run,
  }),
  signalRun: defineRoute({
    ...user,
    method: 'POST',
    path: '/v1/runs/{run}/signals',
    summary: 'Send a signal to a run',
    params: ofRun,
    body: signal,
    idempotent: 'by-key',
    status: 200,
    response: run,
  }),
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
    ...user,
    method: 'POST',
    path: '/v1/approvals/{approval}/approve',
    summary: 'Approve the operation',
    params: ofApproval,
    body: decide,
    bodyOptional: true,
    idempotent: 'by-nature',
    status: 200,
    response: approval,
  }),
  deny: defineRoute({
    ...user,
    method: 'POST',
    path: '/v1/approvals/{approval}/deny',
    summary: 'Deny the operation',
    params: ofApproval,
    body: decide,
    bodyOptional: true,
    idempotent: 'by-nature',
    status: 200,
    response: approval,
  }),
  listArtifacts: defineRoute({
    ...user,
    method: 'GET',
    path: '/v1/runs/{run}/artifacts',
    summary: 'List the artefacts of a run',
    params: ofRun,
    status: 200,
    response: artifactList,
  }),
  getArtifact: defineRoute({
    ...user,
    method: 'GET',
    path: '/v1/runs/{run}/artifacts/{name}',
    summary: "Get the address of an artefact's bytes",
    params: z.strictObject({ run: runId, name: artifactName }),
    status: 303,
    response: artifactAddress,
  }),
  report: defineRoute({
    method: 'POST',
    path: '/v1/report',
    summary: 'Report on an operation (workers only)',
    credential: 'ticket',
    body: reportMessage,
    status: 200,
    response: json,
  }),
  health: defineRoute({
    method: 'GET',
    path: '/health',
    summary: 'Whether the server is alive',
    credential: 'none',
    status: 200,
    response: health,
  }),
  ready: defineRoute({
    method: 'GET',
    path: '/health/ready',
    summary: 'Whether the server takes requests',
    credential: 'none',
    status: 200,
    response: health,
  }),
} satisfies Record<string, Route>;

/** Names a route and its handler. */
export type RouteName = keyof typeof routes;
