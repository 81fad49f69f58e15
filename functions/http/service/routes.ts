import { health } from '../../../shared/protocol/health.ts';
import { json } from '../../../shared/protocol/json.ts';
import { defineRoute, type Route } from '../route.ts';

/** The service itself. */
export const serviceRoutes = {
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
  getOpenApi: defineRoute({
    method: 'GET',
    path: '/openapi.json',
    summary: 'This document',
    credential: 'none',
    status: 200,
    response: json,
    bare: true,
  }),
} satisfies Record<string, Route>;
