import type { RunEvent } from '../../../shared/domain/events.ts';
import type { Evidence, Finding } from '../evidence.ts';

const check = 'pauses';

/** Between a pause and its end the program does nothing, and a sleep does not end before its time. */
export function checkPauses({ found }: Evidence): Finding[] {
  return [...found].flatMap(([run, { events }]) =>
    [...whilePaused(events), ...tooEarly(events)].map((message) => ({ check, run, message })),
  );
}

function whilePaused(events: readonly RunEvent[]): string[] {
  let paused = false;
  const faults: string[] = [];
  for (const { type, by, seq } of events) {
    if (type === 'run.paused') paused = true;
    if (type === 'run.resumed' || type === 'run.cancel-requested') paused = false;
    if (paused && by === 'run') faults.push(`Event ${seq} (${type}) happened while the run was paused`);
  }
  return faults;
}

function tooEarly(events: readonly RunEvent[]): string[] {
  const deadlines = new Map<number, string>();
  return events.flatMap((event) => {
    if (event.type === 'operation.requested' && event.payload.kind === 'sleep') {
      deadlines.set(event.payload.operation, event.payload.deadline ?? '');
    }
    const isEnd = event.type === 'operation.completed';
    const deadline = isEnd ? deadlines.get(event.payload.operation) : undefined;
    if (deadline === undefined || event.at >= deadline) return [];
    return [`Event ${event.seq} ends a sleep at ${event.at} that was to last until ${deadline}`];
  });
}
