import type { Logger } from '../../shared/logging/logger.ts';
import { openExposition } from '../../shared/prometheus/exposition.ts';
import type { Settings } from '../../shared/protocol/environment/environment.ts';
import type { Wired } from '../wiring.ts';
import { gauges } from './gauges.ts';
import { type MetricsServer, openMetricsServer } from './metrics-server.ts';

export interface TwinMetrics {
  readonly settings: Pick<Settings<'server'>, 'TANDEM_METRICS_PORT'>;
  readonly log: Logger;
  readonly version: string;
  readonly wired: Wired;
  /** Requests that wait for news. */
  waiting(): number;
}

/** The metrics of a twin on their port, unless that is off or taken. */
export async function twinMetrics(twin: TwinMetrics): Promise<MetricsServer | undefined> {
  const { wired, log, version, settings, waiting } = twin;
  const { TANDEM_METRICS_PORT: port } = settings;
  if (port === 'off') return undefined;
  const { app, metrics, processes } = wired;
  const exposition = () =>
    openExposition([
      ...metrics.families,
      ...gauges({ projections: app.projections, version, waiting, processes }),
    ]);
  return openMetricsServer({ exposition, log, ...(port === undefined ? {} : { port }) });
}
