import { endpoint } from '../endpoint.ts';
import type { Service } from '../service.ts';
import { serviceRoutes } from './routes.ts';

const ok = { data: { status: 'ok' } } as const;

export const health = () => endpoint(serviceRoutes.health, async () => ok);

export const ready = (service: Service) =>
  endpoint(serviceRoutes.ready, async () => {
    await service.check();
    return ok;
  });
