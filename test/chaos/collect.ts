import type { ApprovalRow, RunRow } from '../../shared/domain/projections.ts';
import type { Run } from '../../shared/protocol/runs.ts';
import type { Evidence, FoundRun, StartedRun } from './evidence.ts';
import type { PatientClient } from './patient-client.ts';
import { allEvents, allItems } from './read.ts';

/** Reads at once. */
const width = 16;

/** Asks the server for everything it knows: its lists, and each run that is in them or that it has acknowledged. */
export async function collect(
  client: PatientClient,
  started: readonly StartedRun[],
): Promise<Pick<Evidence, 'found' | 'lists'>> {
  const runs = await allItems<RunRow>(client, '/v1/runs');
  const approvals = await allItems<ApprovalRow>(client, '/v1/approvals');
  const ids = [...new Set([...started, ...runs].map(({ run }) => run))];
  const found = new Map<string, FoundRun>();
  const reader = async (): Promise<void> => {
    for (let run = ids.pop(); run !== undefined; run = ids.pop()) {
      const its = await findRun(client, run);
      if (its) found.set(run, its);
    }
  };
  await Promise.all(Array.from({ length: width }, reader));
  return { found, lists: { runs, approvals } };
}

async function findRun(client: PatientClient, run: string): Promise<FoundRun | undefined> {
  const { status, data } = await client.ask<Run>('GET', `/v1/runs/${run}`);
  if (status !== 200) return undefined;
  const events = await allEvents(client, run);
  return {
    events,
    ...(data?.output === undefined ? {} : { output: data.output }),
    doubts: await doubtsOf(client, run),
  };
}

async function doubtsOf(client: PatientClient, run: string): Promise<string[]> {
  const path = `/v1/runs/${run}/verification`;
  const { status, data } = await client.ask<{ findings: { message: string }[] }>('GET', path);
  if (!data) return [`It cannot be verified: ${status}`];
  return data.findings.map(({ message }) => message);
}
