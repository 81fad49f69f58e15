import type { EventPage } from '../../shared/protocol/events.ts';
import type { LiveFrame } from '../../shared/protocol/live.ts';
import type { TandemClient } from './client.ts';
import type { LiveLine } from './live-line.ts';
import type { FollowOptions } from './options.ts';

/** How long nothing may come before the server is asked for what may have been missed, in milliseconds. */
const defaultSilenceMs = 30_000;

export interface LiveOptions extends FollowOptions {
  /** Asked for each line; `undefined` when there is no way to have one. */
  readonly open: () => Promise<Pick<LiveLine, 'send' | 'next' | 'closed' | 'close'> | undefined>;
  readonly silenceMs?: number;
}

type Line = NonNullable<Awaited<ReturnType<LiveOptions['open']>>>;
type Reader = Pick<TandemClient, 'readEvents' | 'eventPages'>;

/** Who follows which run, and how far. */
interface Following {
  readonly client: Reader;
  readonly run: string;
  readonly signal?: AbortSignal;
  /** Sequence number of the last event that was given on. */
  after: number;
}

const isLast = ({ ended, more }: EventPage): boolean => ended && !more;

/**
 * The log in pages as it grows, pushed over a WebSocket, until the run has ended. What a line misses or can't carry is read
 * over HTTP, and so is everything where there is no line: no event is left out, and none comes twice.
 */
export async function* livePages(
  client: Reader,
  run: string,
  options: LiveOptions,
): AsyncGenerator<EventPage> {
  const { signal, open, after = 0, silenceMs = defaultSilenceMs } = options;
  const following: Following = { client, run, after, ...(signal ? { signal } : {}) };
  for (let line: Line | undefined; ; ) {
    for await (const page of upToDate(following)) {
      yield page;
      if (isLast(page)) return;
    }
    line = await open();
    const how = line && (yield* untilClosed(line, following, silenceMs));
    if (how === 'ended') return;
    if (how !== 'closed') break;
  }
  yield* client.eventPages(run, { after: following.after, ...(signal ? { signal } : {}) });
}

/** What there is already. */
async function* upToDate(following: Following): AsyncGenerator<EventPage> {
  for (let more = true; more; ) {
    const page = await following.client.readEvents(
      following.run,
      { after: following.after },
      following.signal,
    );
    following.after = page.events.at(-1)?.seq ?? following.after;
    yield page;
    more = page.more;
  }
}

/** `useless`: the line was refused, or closed before it had carried anything. */
async function* untilClosed(
  line: Line,
  following: Following,
  silenceMs: number,
): AsyncGenerator<EventPage, 'ended' | 'closed' | 'useless'> {
  const hangUp = () => line.close();
  following.signal?.addEventListener('abort', hangUp);
  let carried = false;
  try {
    for await (const frame of framesOf(line, following, silenceMs)) {
      if (frame.type === 'problem') return 'useless';
      carried ||= frame.type === 'subscribed';
      for await (const page of pagesOf(frame, following)) {
        yield page;
        if (isLast(page)) return 'ended';
      }
    }
    return carried ? 'closed' : 'useless';
  } finally {
    following.signal?.removeEventListener('abort', hangUp);
    line.close();
  }
}

/** Frames of a subscription, until the line is closed or says nothing even when it is asked. */
async function* framesOf(line: Line, following: Following, silenceMs: number): AsyncGenerator<LiveFrame> {
  const ask = () => line.send({ type: 'subscribe', run: following.run, after: following.after });
  ask();
  for (let asked = false; ; ) {
    const frame = await line.next(silenceMs);
    following.signal?.throwIfAborted();
    if (frame) {
      asked = false;
      yield frame;
    } else if (line.closed || asked) return;
    else {
      asked = true;
      // Silence may also mean that news was lost on the way: the answer brings what was missed.
      ask();
    }
  }
}

/** What a frame adds to what is known: nothing where it repeats, and more than it holds where it leaves a gap. */
async function* pagesOf(frame: LiveFrame, following: Following): AsyncGenerator<EventPage> {
  if (frame.type !== 'events' && frame.type !== 'behind') return;
  if (frame.run !== following.run) return;
  const events = frame.type === 'events' ? frame.events.filter(({ seq }) => seq > following.after) : [];
  const last = frame.type === 'behind' ? frame.seq : (events.at(-1)?.seq ?? following.after);
  if (last <= following.after && !frame.ended) return;
  if (events[0]?.seq !== following.after + 1) {
    yield* upToDate(following);
    return;
  }
  following.after = last;
  yield { events: [...events], more: false, ended: frame.ended };
}
