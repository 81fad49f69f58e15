import * as z from 'zod';
import {
  agent,
  agentList,
  agentVersion,
  alias,
  aliasList,
  publishVersion,
  setAlias,
} from '../../../shared/protocol/agents.ts';
import { agentName, aliasName, versionReference } from '../../../shared/protocol/primitives.ts';
import { schema } from '../../../shared/protocol/schema.ts';
import { admin, user } from '../needs.ts';
import { defineRoute, type Route } from '../route.ts';

const ofAgent = schema(() => z.strictObject({ agent: agentName() }));
const ofAlias = schema(() => ofAgent().extend({ alias: aliasName() }));

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
    params: schema(() => z.strictObject({ agent: agentName(), version: versionReference() })),
    status: 200,
    response: agentVersion,
  }),
  setAlias: defineRoute({
    ...admin,
    method: 'PUT',
    path: '/v1/agents/{agent}/aliases/{alias}',
    summary: 'Point an alias at a version, or at two',
    params: ofAlias,
    body: setAlias,
    idempotent: 'by-nature',
    status: 200,
    response: alias,
  }),
  listAliases: defineRoute({
    ...user,
    method: 'GET',
    path: '/v1/agents/{agent}/aliases',
    summary: 'List the aliases of an agent',
    params: ofAgent,
    status: 200,
    response: aliasList,
  }),
  getAlias: defineRoute({
    ...user,
    method: 'GET',
    path: '/v1/agents/{agent}/aliases/{alias}',
    summary: 'Get an alias',
    params: ofAlias,
    status: 200,
    response: alias,
  }),
  removeAlias: defineRoute({
    ...admin,
    method: 'DELETE',
    path: '/v1/agents/{agent}/aliases/{alias}',
    summary: 'Remove an alias',
    params: ofAlias,
    status: 200,
    response: alias,
  }),
} satisfies Record<string, Route>;
