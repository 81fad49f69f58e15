import * as z from 'zod';
import { page } from './envelope.ts';
import { reason, timestamp } from './primitives.ts';
import { type Inferred, schema } from './schema.ts';

/** Id of an API key: the part of it that is no secret. */
export const keyId = schema(() =>
  z.string().regex(/^[0-9a-hjkmnp-tv-z]{26}$/, 'the id of an API key, 26 characters'),
);

const role = schema(() => z.enum(['user', 'operator', 'admin', 'platform']));

/** Body of `POST /v1/keys`. */
export const createKey = schema(() =>
  z
    .strictObject({
      /** What it is for, so that people know it in lists. */
      name: z.string().min(1).max(100),
      /** Roles rise: the highest is enough. */
      roles: z.array(role()).min(1).max(4),
      /** Without it the key is good until it is revoked. */
      expiresAt: timestamp().exactOptional(),
    })
    .meta({ id: 'CreateKey', description: 'An API key to make' }),
);

export type CreateKey = Inferred<typeof createKey>;

/** Body of `POST /v1/keys/{key}/revoke`. */
export const revokeKey = schema(() => z.strictObject({ reason: reason().exactOptional() }));

/** An API key, without its secret: that is nowhere but with whom it was told. */
export const apiKey = schema(() =>
  z
    .object({
      tenant: z.string(),
      key: keyId(),
      name: z.string(),
      roles: z.array(role()),
      createdAt: timestamp(),
      createdBy: z.string(),
      expiresAt: timestamp().exactOptional(),
      revokedAt: timestamp().exactOptional(),
      revokedBy: z.string().exactOptional(),
    })
    .meta({ id: 'ApiKey', description: 'An API key, without its secret' }),
);

export type ApiKey = Inferred<typeof apiKey>;

/** Answer of `POST /v1/keys`: the only one that tells the secret. */
export const createdKey = schema(() =>
  apiKey()
    .extend({
      /** What is sent as `Authorization: Bearer …`. */
      secret: z.string(),
    })
    .meta({ id: 'CreatedKey', description: 'An API key with its secret, which is shown this once' }),
);

export type CreatedKey = Inferred<typeof createdKey>;

export const keyPage = schema(() => page(apiKey()).meta({ id: 'KeyPage' }));

export type KeyPage = Inferred<typeof keyPage>;
