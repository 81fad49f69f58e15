import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { idempotencyOf } from '../idempotency.ts';
import { keyRoutes } from './routes.ts';

export const createKey = (api: Pick<Api, 'createKey'>) =>
  endpoint(keyRoutes.createKey, async (call) => {
    const data = await api.createKey(call.caller, { ...call.body, ...idempotencyOf(call) });
    return { data, headers: { location: `/v1/keys/${data.key}` } };
  });
