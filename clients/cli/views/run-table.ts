import type { RunStatus, RunSummary } from '../../../shared/protocol/runs.ts';
import { type TableScreen, table } from '../terminal/table.ts';
import { duration } from '../terminal/units.ts';
import { statusTones } from './tones.ts';

/** Runs as a list. */
export function runTable(runs: readonly RunSummary[], screen: TableScreen): string[] {
  return table(
    runs,
    [
      { title: 'run', text: ({ run }) => run, tone: () => 'name' },
      { title: 'agent', text: ({ agent, number }) => `${agent} ${number}`, gives: true },
      { title: 'status', text: statusText, tone: ({ status }) => statusTones[status], gives: true },
      {
        title: 'started',
        text: ({ createdAt }) => localTime(createdAt),
        tone: () => 'quiet',
        optional: true,
      },
      { title: 'took', text: took, tone: () => 'quiet', right: true, optional: true },
    ],
    screen,
  );
}

function statusText({ status, waitingFor, error }: RunSummary): string {
  if (error) return `${status}: ${error.code}`;
  return waitsText(status, waitingFor);
}

/** A status, with what a waiting run waits for. */
export function waitsText(status: RunStatus, waitingFor: string | undefined): string {
  return status === 'waiting' && waitingFor !== undefined ? `waiting for ${waitingFor}` : status;
}

function took({ createdAt, endedAt }: RunSummary): string {
  return endedAt === undefined ? '' : duration(Date.parse(endedAt) - Date.parse(createdAt));
}

/** `2026-11-21 14:05` in the zone of this machine. */
export function localTime(iso: string): string {
  const date = new Date(iso);
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16).replace('T', ' ');
}
