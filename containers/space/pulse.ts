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

/** Heartbeats in a row that may go unanswered. */
const patience = reportLimits.unreachableMs / reportLimits.heartbeatMs;

/** Starts heartbeats. A server that comes back in time finds the work going on. */
export function startPulse(line: Pick<ReportLine, 'say'>): Pulse {
  const controller = new AbortController();
  let unanswered = 0;
  let isAsking = false;

  const ask = async () => {
    isAsking = true;
    try {
      const { next } = await line.say<'heartbeat'>({ type: 'heartbeat' });
      unanswered = 0;
      if (next === 'stop') controller.abort(new Stopped('The server said stop'));
    } catch (error) {
      if (error instanceof Refused) controller.abort(error);
    } finally {
      isAsking = false;
    }
  };

  const timer = setInterval(() => {
    if (unanswered >= patience) controller.abort(new Error('The server is out of reach'));
    unanswered += 1;
    if (!isAsking) void ask();
  }, reportLimits.heartbeatMs);
  controller.signal.addEventListener('abort', () => clearInterval(timer));
  return { stop: controller.signal, end: () => clearInterval(timer) };
}
