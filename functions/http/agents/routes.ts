import { z } from 'zod';
import { agent, agentList, agentVersion, publishVersion } from '../../../shared/protocol/agents.ts';
import { agentName, versionReference } from '../../../shared/protocol/primitives.ts';
import { admin, user } from '../needs.ts';
import { defineRoute, type Route } from '../route.ts';

const ofAgent = z.strictObject({ agent: agentName });

/** Agents and their immutable versions. */
export const agentRoutes = {
  publishVersion: defineRoute({
    ...admin,
    method: 'POST',
    path: '/v1/agents/{agent}/versions',
    summary: 'Publish a version of an agent',
    params: ofAgent,
    body: publishVersion,
    idempotent: 'by-nature',
    status: 201,
    errors: ['version.conflict', 'definition.invalid'],
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
} satisfies Record<string, Route>;
