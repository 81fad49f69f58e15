/**
 * The client: what a program imports from `tandem/client` to start runs, follow them and decide for them.
 *
 * @example
 * import { TandemClient } from 'tandem/client';
 *
 * const client = new TandemClient({ url: 'http://127.0.0.1:4400', token });
 * const { run } = await client.startRun({ agent: 'csv-report', input: { file: 'orders.csv' } });
 * for await (const event of client.events(run)) console.log(event.seq, event.type);
 */
export type { Agent, AgentVersion, Alias } from '../../shared/protocol/agents.ts';
export type { Approval } from '../../shared/protocol/approvals.ts';
export type { Artifact } from '../../shared/protocol/artifacts.ts';
export type { RunEvent } from '../../shared/protocol/events.ts';
export type { Json } from '../../shared/protocol/json.ts';
export type { Run, RunMetrics, RunStatus, StartRun } from '../../shared/protocol/runs.ts';
export type { TranscriptLine } from '../../shared/protocol/transcripts.ts';
export { ApiError, isApiError } from './api-error.ts';
export { TandemClient } from './client.ts';
export type { Connection, TransportOptions } from './transport.ts';
