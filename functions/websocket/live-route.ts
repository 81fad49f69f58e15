import * as z from 'zod';
import { livePath } from '../../shared/protocol/live.ts';
import type { Route } from '../http/route.ts';

/** The handshake as a request. Its role is that of `GET /v1/runs/{run}/events`: who may read events may be sent them. */
export const liveRoute: Route = {
  method: 'GET',
  path: livePath,
  summary: 'Opens a live connection',
  credential: 'token',
  role: 'user',
  status: 101,
  response: z.unknown,
};
