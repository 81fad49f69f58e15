import { createUpload, upload } from '../../../shared/protocol/uploads.ts';
import { user } from '../needs.ts';
import { defineRoute, type Route } from '../route.ts';

/** Bytes that are too many for a request. */
export const uploadRoutes = {
  createUpload: defineRoute({
    ...user,
    method: 'POST',
    path: '/v1/uploads',
    summary: 'Get an address that takes the bytes of a file or an input',
    body: createUpload,
    idempotent: 'by-nature',
    status: 201,
    response: upload,
  }),
} satisfies Record<string, Route>;
