import { fileURLToPath } from 'node:url';
import { bundleProgram } from '../clients/bundler/bundle.ts';
import type { EventPage } from '../shared/protocol/events.ts';
import type { Run } from '../shared/protocol/runs.ts';
import { LeanClient } from '../test/support/lean-client.ts';
import { ServerProcess } from '../test/support/server-process.ts';
import type { Figure } from './figure.ts';

export type AgentName = 'trivial' | 'many' | 'files' | 'parked' | 'pacing';

/** What a scenario measures with: a fresh server with the agents published, and a client in this process. */
export interface Bench {
  readonly server: ServerProcess;
  readonly client: LeanClient;
}

/** One thing to measure. */
export interface Scenario {
  readonly name: string;
  /** What it does, in a line. */
  readonly about: string;
  measure(): Promise<readonly Figure[]>;
}

/** Runs `measure` against a fresh server on a fresh data folder. */
export async function withServer<T>(measure: (bench: Bench) => Promise<T>): Promise<T> {
  const server = await ServerProcess.inNewFolder();
  try {
    await server.start();
    const client = new LeanClient(server);
    await publishAgents(client);
    return await measure({ server, client }).finally(() => client.close());
  } finally {
    await server.remove();
  }
}

export async function publishAgents(client: LeanClient): Promise<void> {
  for (const agent of ['trivial', 'many', 'files', 'parked', 'pacing'] as const) {
    const entry = fileURLToPath(new URL(`agents/${agent}.ts`, import.meta.url));
    const { code: bundle } = await bundleProgram(entry);
    await client.data('POST', `/v1/agents/${agent}/versions`, { number: '1.0.0', bundle });
  }
}

export function startRun(client: LeanClient, agent: AgentName, input?: unknown): Promise<Run> {
  return client.data<Run>('POST', '/v1/runs', { agent, ...(input === undefined ? {} : { input }) });
}

/** Starts a run and waits for its end, in one request as long as that takes less than 20 s. */
export async function runToEnd(client: LeanClient, agent: AgentName, input?: unknown): Promise<Run> {
  const body = { agent, ...(input === undefined ? {} : { input }) };
  let run = await client.data<Run>('POST', '/v1/runs?wait=20', body);
  while (run.endedAt === undefined) run = await client.data<Run>('GET', `/v1/runs/${run.run}?wait=20`);
  if (run.status !== 'succeeded')
    throw new Error(`${run.run} ended as ${run.status}: ${JSON.stringify(run.error)}`);
  return run;
}

/** Waits until a run waits for somebody. */
export async function untilParked(client: LeanClient, run: string): Promise<Run> {
  for (;;) {
    const now = await client.data<Run>('GET', `/v1/runs/${run}`);
    if (now.status === 'waiting') return now;
    await client.data<EventPage>('GET', `/v1/runs/${run}/events?after=${now.operations + 1}&wait=1`);
  }
}

/** Does `work` `times` times, `width` at once. */
export async function inFlight(
  times: number,
  width: number,
  work: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < times) await work(next++);
  };
  await Promise.all(Array.from({ length: Math.min(width, times) }, worker));
}

/** Starts `work` at a steady rate, whether the work before is done or not; a late answer is not hidden by the next. */
export async function atRate(perSecond: number, seconds: number, work: () => Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const total = Math.round(perSecond * seconds);
  const began = performance.now();
  const underway: Promise<void>[] = [];
  const tick = (): void => {
    while (underway.length < total && performance.now() >= began + (underway.length * 1000) / perSecond) {
      underway.push(work());
    }
    if (underway.length < total) setTimeout(tick, 1);
    else resolve();
  };
  tick();
  await promise;
  await Promise.all(underway);
}
