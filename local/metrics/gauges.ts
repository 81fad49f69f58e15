import type { Projections } from '../../shared/ports/projections.ts';
import type { Family } from '../../shared/prometheus/family.ts';
import { gauge, single } from '../../shared/prometheus/gauge.ts';

/** Where the gauges read. */
export interface Gauged {
  readonly projections: Pick<Projections, 'tally'>;
  readonly version: string;
  /** Requests that wait for news. */
  waiting(): number;
  /** Processes that run programs. */
  processes(): number;
}

/** What is the case at this moment. */
export function gauges({ projections, version, waiting, processes }: Gauged): readonly Family[] {
  const tally = shared(() => projections.tally());
  return [
    gauge('tandem_runs_in_flight', 'Runs that have not ended, by status.', async () => {
      const { runs } = await tally();
      return Object.entries(runs).map(([status, value]) => ({ labels: { status }, value }));
    }),
    gauge('tandem_approvals_waiting', 'Approvals that wait for a decision.', async () =>
      single((await tally()).approvals),
    ),
    gauge('tandem_long_polls', 'Requests that wait for news now.', () => single(waiting())),
    gauge('tandem_program_hosts', 'Processes that run programs now.', () => single(processes())),
    gauge('tandem_build_info', 'The version of Tandem and of Node that runs here; always 1.', () => [
      { labels: { version, node: process.versions.node }, value: 1 },
    ]),
  ];
}

/** Whoever asks while it is being answered already gets the same answer. */
function shared<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => {
    asked ??= ask().finally(() => {
      asked = undefined;
    });
    return asked;
  };
}
