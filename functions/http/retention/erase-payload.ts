import type { Api } from '../../../shared/application/api.ts';
import type { Json } from '../../../shared/domain/json.ts';
import { endpoint } from '../endpoint.ts';
import { retentionRoutes } from './routes.ts';

export const erasePayload = (api: Pick<Api, 'erasePayload'>) =>
  endpoint(retentionRoutes.erasePayload, async ({ caller, params, body }) => {
    const { event, blobs } = await api.erasePayload(caller, { ...params, ...body });
    return { data: { event: { ...event, payload: { ...event.payload } as Record<string, Json> }, blobs } };
  });
