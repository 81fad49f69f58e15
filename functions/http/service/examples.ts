import type { Examples } from '../openapi/example.ts';
import type { serviceRoutes } from './routes.ts';

export const serviceExamples = {
  health: {},
  ready: {},
  getOpenApi: {},
} satisfies Examples<typeof serviceRoutes>;
