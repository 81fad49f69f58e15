import { endpoint } from './endpoint.ts';
import type { Service } from './endpoints.ts';
import { routes } from './routes.ts';

const ok = { data: { status: 'ok' } } as const;

export const health = () => endpoint(routes.health, async () => ok);

export const ready = (service: Service) =>
  endpoint(routes.ready, async () => {
    await service.check();
    return ok;
  });
