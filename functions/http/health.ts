import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';

const ok = { data: { status: 'ok' } } as const;

export const health = () => endpoint(routes.health, async () => ok);

/** `check` throws (`server.stopping`, `data.full` …) while requests would fail. */
export const ready = (check: () => Promise<void>) =>
  endpoint(routes.ready, async () => {
    await check();
    return ok;
  });
