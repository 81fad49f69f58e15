import type { Api, Idempotency } from '../../shared/application/api.ts';
import { canonicalJson, sha256 } from '../../shared/domain/canonical.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { waiting } from './wait.ts';

export const startRun = (api: Api) =>
  endpoint(routes.startRun, async (call) => {
    const { caller, body, idempotencyKey } = call;
    const { run, replayed } = await api.startRun(caller, {
      ...body,
      input: body.input ?? null,
      ...(idempotencyKey === undefined ? {} : { idempotency: idempotencyOf(idempotencyKey, body) }),
    });
    const data =
      call.query.wait === undefined || run.endedAt !== undefined
        ? run
        : await waiting(call, (waitMs) => api.waitForEnd(caller, run.run, waitMs));
    return {
      data,
      headers: { location: `/v1/runs/${run.run}`, ...(replayed ? { 'idempotency-replayed': 'true' } : {}) },
    };
  });

function idempotencyOf(key: string, body: unknown): Idempotency {
  return { key, body: sha256(canonicalJson(body)) };
}
