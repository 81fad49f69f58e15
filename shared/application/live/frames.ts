import type { RunEvent } from '../../domain/events.ts';
import { type LiveFrame, liveLimits } from '../../protocol/live.ts';

/** A frame as it is sent, and how far in the log it reaches. */
export interface Frame {
  readonly text: string;
  readonly seq: number;
  /** Whether nothing follows: the run has ended. */
  readonly ended: boolean;
}

/** What an `events` frame takes besides its events, and the commas between them. */
const overheadBytes = 256;

/**
 * Events, each following the one before, as frames of at most {@link liveLimits.frameBytes}. An event that fits into none
 * becomes a `behind`, which stands for it.
 */
export function framesOf(run: string, events: readonly RunEvent[]): Frame[] {
  const frames: Frame[] = [];
  let gathered: string[] = [];
  let bytes = overheadBytes;
  const flush = (last: RunEvent | undefined): void => {
    if (last && gathered.length > 0) frames.push(eventsFrame(run, gathered, last));
    gathered = [];
    bytes = overheadBytes;
  };
  let before: RunEvent | undefined;
  for (const event of events) {
    const text = JSON.stringify(event);
    const size = Buffer.byteLength(text) + 1;
    if (bytes + size > liveLimits.frameBytes) flush(before);
    if (overheadBytes + size > liveLimits.frameBytes) {
      frames.push(behindFrame(run, { after: event.seq - 1, seq: event.seq, ended: isEnd(event) }));
    } else {
      gathered.push(text);
      bytes += size;
    }
    before = event;
  }
  flush(before);
  return frames;
}

/** Stands for the events after `after` up to `seq`. */
export function behindFrame(
  run: string,
  { after, seq, ended }: { readonly after: number; readonly seq: number; readonly ended: boolean },
): Frame {
  return { text: textOf({ type: 'behind', run, after, seq, ended }), seq, ended };
}

export const textOf = (frame: LiveFrame): string => JSON.stringify(frame);

/** The events are text already: of many subscribers, each is sent the same. */
function eventsFrame(run: string, events: readonly string[], last: RunEvent): Frame {
  const ended = isEnd(last);
  const text = `{"type":"events","run":${JSON.stringify(run)},"events":[${events.join(',')}],"ended":${ended}}`;
  return { text, seq: last.seq, ended };
}

/** Nothing comes after the end of a run. */
function isEnd({ type }: RunEvent): boolean {
  return type === 'run.succeeded' || type === 'run.failed' || type === 'run.cancelled';
}
