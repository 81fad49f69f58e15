import type { Api } from '../../../shared/application/api.ts';
import { wireLimits } from '../../../shared/protocol/limits.ts';
import { endpoint } from '../endpoint.ts';
import { runRoutes } from './routes.ts';

export const readTranscript = (api: Pick<Api, 'readTranscript'>) =>
  endpoint(runRoutes.readTranscript, async ({ caller, params: { run }, query }) => {
    const { after = 0, limit = wireLimits.pageEvents } = query;
    const { lines, next } = await api.readTranscript(caller, run, { after, limit });
    const address = `/v1/runs/${run}/transcript?after=${next}&limit=${limit}`;
    return { data: lines, headers: next === undefined ? {} : { link: `<${address}>; rel="next"` } };
  });
