import type { Examples } from '../openapi/example.ts';
import type { uploadRoutes } from './routes.ts';

export const uploadExamples = {
  createUpload: {
    body: { size: 11, sha256: '64ec88ca00b268e5ba1a35678a1b5316d212f4f366b2477232534a8aeca37f3c' },
  },
} satisfies Examples<typeof uploadRoutes>;
