import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { uploadRoutes } from './routes.ts';

export const createUpload = (api: Pick<Api, 'createUpload'>) =>
  endpoint(uploadRoutes.createUpload, async ({ caller, body }) => ({
    data: await api.createUpload(caller, body),
  }));
