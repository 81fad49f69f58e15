import * as z from 'zod';
import { artifactAddress, artifactList, artifactName } from '../../../shared/protocol/artifacts.ts';
import { runId } from '../../../shared/protocol/primitives.ts';
import { schema } from '../../../shared/protocol/schema.ts';
import { user } from '../needs.ts';
import { defineRoute, type Route } from '../route.ts';

const ofRun = schema(() => z.strictObject({ run: runId() }));

/** What runs hand over. */
export const artifactRoutes = {
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
    params: schema(() => z.strictObject({ run: runId(), name: artifactName() })),
    status: 303,
    response: artifactAddress,
  }),
} satisfies Record<string, Route>;
