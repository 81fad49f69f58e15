import * as z from 'zod';
import { digest, runId, timestamp, workspacePath } from './primitives.ts';
import { type Inferred, schema } from './schema.ts';

/** Name of an artefact; in a path its slashes are written `%2F`. */
export const artifactName = schema(() =>
  z
    .string()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
    .regex(/^[^\u0000-\u001f\u007f]{1,255}$/, 'at most 255 characters'),
);

/** A file that a run declared to be its result. */
export const artifact = schema(() =>
  z
    .object({
      tenant: z.string(),
      run: runId(),
      /** Number of the operation that declared it. */
      operation: z.int(),
      name: artifactName(),
      path: workspacePath(),
      mediaType: z.string(),
      blob: digest(),
      /** Bytes. */
      size: z.int(),
      at: timestamp(),
    })
    .meta({ id: 'Artifact', description: 'A file that a run declared to be a result' }),
);

export type Artifact = Inferred<typeof artifact>;

export const artifactList = schema(() =>
  z.object({ items: z.array(artifact()) }).meta({ id: 'ArtifactList' }),
);

export type ArtifactList = Inferred<typeof artifactList>;

/** Answer of `GET /v1/runs/{run}/artifacts/{name}`: 303, with the same address in `Location`. */
export const artifactAddress = schema(() =>
  z
    .object({
      /** Works without a token, for a short while. */
      url: z.string(),
    })
    .meta({ id: 'ArtifactAddress', description: 'Where the bytes of an artefact can be fetched' }),
);

export type ArtifactAddress = Inferred<typeof artifactAddress>;
