import type { RunStatus } from '../../../shared/protocol/runs.ts';
import type { Tone } from '../terminal/paint.ts';

/** How the status of a run looks. */
export const statusTones: Readonly<Record<RunStatus, Tone>> = {
  queued: 'quiet',
  running: 'name',
  waiting: 'attention',
  paused: 'attention',
  succeeded: 'good',
  failed: 'bad',
  cancelled: 'bad',
};
