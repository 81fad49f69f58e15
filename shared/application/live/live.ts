import type { ConnectionSender, Connections } from '../../ports/connections.ts';
import type { App } from '../app.ts';

/** What the live channel is given: who is connected, how to reach them, and the logs that they hear from. */
export interface Live extends Pick<App, 'runs' | 'log' | 'records' | 'clock'> {
  readonly connections: Connections;
  readonly sender: ConnectionSender;
  /**
   * Has a run looked at once more a little later, where writers may not know yet that somebody has subscribed; absent
   * where they know at once. It never throws.
   */
  readonly lookAgain?: (tenant: string, run: string, seq: number) => Promise<void>;
}

/** A run's log has grown. */
export interface RunNews {
  readonly tenant: string;
  readonly run: string;
  /** Sequence number of its last event. */
  readonly seq: number;
}
