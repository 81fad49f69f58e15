import type { EventType, RunEvent } from '../../../shared/domain/events.ts';
import type { Act, ActKind, Evidence, Finding } from '../evidence.ts';

const check = 'acts';

const types: Readonly<Record<ActKind, EventType>> = {
  approve: 'approval.approved',
  deny: 'approval.denied',
  signal: 'signal.received',
  pause: 'run.paused',
  resume: 'run.resumed',
  cancel: 'run.cancel-requested',
};

/** Every acknowledged decision, signal and control is in the log of its run exactly once, and none that nobody did. */
export function checkActs({ acts, found }: Evidence): Finding[] {
  const done = new Set(acts.map((act) => `${act.run} ${types[act.kind]} ${act.mark}`));
  return [
    ...acts.flatMap((act) => checkAct(act, found.get(act.run)?.events ?? [])),
    ...[...found.values()].flatMap(({ events }) => events.flatMap((event) => checkAuthor(event, done))),
  ];
}

function checkAct({ run, kind, mark, acknowledged }: Act, events: readonly RunEvent[]): Finding[] {
  const times = events.filter((event) => event.type === types[kind] && markOf(event) === mark).length;
  if (times === 1 || (times === 0 && !acknowledged)) return [];
  const message = `"${mark}" (${kind}, ${acknowledged ? '' : 'not '}acknowledged) is in the log ${times} times`;
  return [{ check, run, message }];
}

/** What a person has done must be known here: the children's cancellation is their parent's doing. */
function checkAuthor(event: RunEvent, done: ReadonlySet<string>): Finding[] {
  const { run, seq, type, by } = event;
  const isAct = Object.values(types).includes(type);
  if (!isAct || !by.startsWith('user:') || done.has(`${run} ${type} ${markOf(event)}`)) return [];
  return [{ check, run, message: `Nobody has done event ${seq}: ${type} "${markOf(event)}"` }];
}

function markOf(event: RunEvent): string | undefined {
  if (event.type === 'signal.received') return String(event.payload.payload);
  return 'reason' in event.payload ? event.payload.reason : undefined;
}
