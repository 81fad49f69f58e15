import type { RunEvent } from '../../../shared/protocol/events.ts';
import { byWhom, failureOf } from './details.ts';
import type { Line } from './entry.ts';
import { payloadOf } from './payloads.ts';

/** Lines about the run as a whole, by type of event; they need nothing but the event. */
export const runLines: Readonly<Record<string, (event: RunEvent) => Line | undefined>> = {
  'run.created': (event) => {
    const { agent, number, alias } = payloadOf(event);
    const version = alias === undefined ? number : `${number} (${alias})`;
    return note('run.created', `${agent} ${version}, ${byWhom(event)}`);
  },
  'run.carried': (event) => carried(payloadOf(event).generation ?? 1),
  'run.paused': (event) => note('run.paused', byWhom(event, payloadOf(event).reason)),
  'run.resumed': (event) => note('run.resumed', byWhom(event, payloadOf(event).reason)),
  'run.cancel-requested': (event) => note('run.cancelling', byWhom(event, payloadOf(event).reason)),
  'signal.received': (event) => note('signal.received', byWhom(event, payloadOf(event).name)),
  'run.succeeded': () => ({ kind: 'run.succeeded', what: '', mood: 'done' }),
  'run.failed': (event) => {
    const { error } = payloadOf(event);
    return { kind: 'run.failed', what: error?.code ?? '', mood: 'failed', ...failureOf(error) };
  },
  'run.cancelled': (event) => {
    return { kind: 'run.cancelled', what: byWhom(event, payloadOf(event).reason), mood: 'failed' };
  },
};

const note = (kind: string, what: string): Line => ({ kind, what, mood: 'note' });

/** The first execution is nothing to tell; a later one took over from one that was lost or too long. */
function carried(generation: number): Line | undefined {
  if (generation === 1) return undefined;
  return note('run.carried', `picked up from the log by execution ${generation}`);
}
