import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { idempotencyOf, replayedHeader } from '../idempotency.ts';
import { waiting } from '../wait.ts';
import { runRoutes } from './routes.ts';

export const startRun = (api: Pick<Api, 'startRun' | 'waitForEnd'>) =>
  endpoint(runRoutes.startRun, async (call) => {
    const { caller, body } = call;
    const { run, replayed } = await api.startRun(caller, {
      ...body,
      input: body.input ?? null,
      ...idempotencyOf(call),
    });
    const data =
      call.query.wait === undefined || run.endedAt !== undefined
        ? run
        : await waiting(call, (waitMs) => api.waitForEnd(caller, run.run, waitMs));
    return {
      data,
      headers: { location: `/v1/runs/${run.run}`, ...replayedHeader(replayed) },
    };
  });
