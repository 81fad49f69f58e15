import * as z from 'zod';
import { wireLimits } from './limits.ts';
import { digest, timestamp } from './primitives.ts';
import { type Inferred, schema } from './schema.ts';

/** Body of `POST /v1/uploads`: which bytes are to come. */
export const createUpload = schema(() =>
  z
    .strictObject({
      /** In bytes. */
      size: z.int().min(0).max(wireLimits.uploadBytes),
      sha256: digest(),
    })
    .meta({ id: 'CreateUpload', description: 'Bytes that are to come' }),
);

export type CreateUpload = Inferred<typeof createUpload>;

/** Answer of `POST /v1/uploads`: where to send the bytes, and how to name them from then on. */
export const upload = schema(() =>
  z
    .object({
      /** Names the bytes where a run starts: their SHA-256. */
      upload: digest(),
      size: z.int(),
      /** Whether they are here already: then they need not be sent. */
      present: z.boolean(),
      /** Takes exactly these bytes, without a token; as often as they are sent, until it expires. */
      url: z.string(),
      method: z.literal('PUT'),
      /** To be sent with them. */
      headers: z.record(z.string(), z.string()),
      expiresAt: timestamp(),
    })
    .meta({ id: 'Upload', description: 'Where the bytes go, and what names them from then on' }),
);

export type Upload = Inferred<typeof upload>;
