import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { idempotencyOf, replayedHeader } from '../idempotency.ts';
import { runRoutes } from './routes.ts';

export const signalRun = (api: Pick<Api, 'signalRun'>) =>
  endpoint(runRoutes.signalRun, async (call) => {
    const { caller, params, body } = call;
    const signal = { name: body.name, payload: body.payload ?? null, ...idempotencyOf(call) };
    const { run, replayed } = await api.signalRun(caller, params.run, signal);
    return { data: run, headers: replayedHeader(replayed) };
  });
