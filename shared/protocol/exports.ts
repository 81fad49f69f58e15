import * as z from 'zod';
import { digest, runId, tenantName } from './primitives.ts';
import { type Inferred, schema } from './schema.ts';

/** The first file of an export. */
export const exportManifest = schema(() =>
  z.strictObject({
    format: z.int(),
    tenant: tenantName(),
    /** The run that was asked for, then those below it. */
    runs: z
      .array(z.strictObject({ run: runId(), events: z.int().min(1), ended: z.boolean() }))
      .min(1)
      .max(100_000),
    folders: z.int().min(0),
    blobs: z.int().min(0),
  }),
);

/** Where the chain of an exported run ends. */
export const exportedHead = schema(() =>
  z.strictObject({
    run: runId(),
    seq: z.int().min(1),
    hash: digest(),
    signature: z.strictObject({ key: z.string().max(100), value: z.string().max(200) }).exactOptional(),
  }),
);

/** A folder of a workspace. */
export const exportedFolder = schema(() =>
  z.strictObject({
    entries: z.record(
      z.string(),
      z.union([
        z.strictObject({ type: z.literal('tree'), digest: digest() }),
        z.strictObject({
          type: z.literal('file'),
          digest: digest(),
          size: z.int().min(0),
          executable: z.literal(true).exactOptional(),
        }),
      ]),
    ),
  }),
);

/** Query of `GET /v1/runs/{run}/export`. */
export const exportQuery = schema(() =>
  z.strictObject({
    /** Whether the runs that it has called, and those below them, are in the file as well; default: no. */
    children: z.enum(['true', 'false']).exactOptional(),
  }),
);

/** Answer of `GET /v1/runs/{run}/export`: 303, with the same address in `Location`. */
export const exportAddress = schema(() =>
  z.object({
    /** Works without a token, for a short while. */
    url: z.string(),
  }),
);

export type ExportAddress = Inferred<typeof exportAddress>;
