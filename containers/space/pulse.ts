import { reportLimits } from '../../shared/protocol/report-limits.ts';
import { Refused, type ReportLine } from './report.ts';

/** Whether the server still wants the work. */
export interface Pulse {
  /** Aborts when the server says stop, refuses the ticket, or has been out of reach for too long. */
  readonly stop: AbortSignal;
  /** Ends the heartbeats. */
  end(): void;
}

/** The server no longer wants the work: not a failure. */
export class Stopped extends Error {}

/** Starts heartbeats. A server that comes back in time finds the work going on. */
export function startPulse(line: ReportLine): Pulse {
  const controller = new AbortController();
  let heard = performance.now();
  let asking = false;

  const beat = async () => {
    if (asking) return;
    asking = true;
    try {
      const { next } = await line.say<'heartbeat'>({ type: 'heartbeat' });
      heard = performance.now();
      if (next === 'stop') controller.abort(new Stopped('The server said stop'));
    } catch (error) {
      const silent = performance.now() - heard > reportLimits.unreachableMs;
      if (silent || error instanceof Refused) controller.abort(error);
    } finally {
      asking = false;
    }
  };

  const timer = setInterval(beat, reportLimits.heartbeatMs);
  controller.signal.addEventListener('abort', () => clearInterval(timer));
  return { stop: controller.signal, end: () => clearInterval(timer) };
}
