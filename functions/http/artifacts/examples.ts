import { type Examples, run } from '../openapi/example.ts';
import type { artifactRoutes } from './routes.ts';

export const artifactExamples = {
  listArtifacts: { params: run },
  getArtifact: { params: { ...run, name: 'report/final.md' } },
} satisfies Examples<typeof artifactRoutes>;
