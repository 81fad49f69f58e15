import * as z from 'zod';
import { apiKey, createdKey, createKey, keyId, keyPage, revokeKey } from '../../../shared/protocol/keys.ts';
import { pageQuery } from '../../../shared/protocol/primitives.ts';
import { schema } from '../../../shared/protocol/schema.ts';
import { admin } from '../needs.ts';
import { defineRoute, type Route } from '../route.ts';

const ofKey = schema(() => z.strictObject({ key: keyId() }));

/** API keys: credentials of machines. */
export const keyRoutes = {
  createKey: defineRoute({
    ...admin,
    method: 'POST',
    path: '/v1/keys',
    summary: 'Make an API key; the answer alone has its secret',
    body: createKey,
    idempotent: 'by-key',
    status: 201,
    errors: ['key.told'],
    response: createdKey,
  }),
  listKeys: defineRoute({
    ...admin,
    method: 'GET',
    path: '/v1/keys',
    summary: 'List API keys, in the order they were made',
    query: pageQuery,
    status: 200,
    response: keyPage,
  }),
  getKey: defineRoute({
    ...admin,
    method: 'GET',
    path: '/v1/keys/{key}',
    summary: 'Get an API key',
    params: ofKey,
    status: 200,
    response: apiKey,
  }),
  revokeKey: defineRoute({
    ...admin,
    method: 'POST',
    path: '/v1/keys/{key}/revoke',
    summary: 'Revoke an API key, for good',
    params: ofKey,
    body: revokeKey,
    bodyOptional: true,
    idempotent: 'by-nature',
    status: 200,
    response: apiKey,
  }),
} satisfies Record<string, Route>;
