import type { EventPage } from '../../shared/protocol/events.ts';
import type { LiveFrame } from '../../shared/protocol/live.ts';
import type { TandemClient } from './client.ts';
import type { LiveLine } from './live-line.ts';
import type { FollowOptions } from './options.ts';

/** How long nothing may come before the server is asked for what may have been missed, in milliseconds. */
const defaultSilenceMs = 30_000;

export interface LiveOptions extends FollowOptions {
  /** Asked for each line; `undefined` when there is no way to have one. */
  readonly open: () => Promise<LiveLine | undefined>;
  readonly silenceMs?: number;
}

type Reader = Pick<TandemClient, 'readEvents' | 'eventPages'>;

/**
 * The log in pages as it grows, pushed over a WebSocket, until the run has ended. What a line misses or can't carry is read
 * over HTTP, and so is everything where there is no line: no event is left out, and none comes twice.
 */
export async function* livePages(
  client: Reader,
  run: string,
  options: LiveOptions,
): AsyncGenerator<EventPage> {
  const { signal, open } = options;
  const place = { after: options.after ?? 0 };
  for (;;) {
    for await (const page of upToDate(client, run, place, signal)) {
      yield page;
      if (page.ended && !page.more) return;
    }
    const line = await open();
    if (line === undefined) break;
    const called = () => line.close();
    signal?.addEventListener('abort', called);
    try {
      const lasted = yield* followLine(client, line, { ...options, run, place });
      if (lasted === 'ended') return;
      if (lasted === 'useless') break;
    } finally {
      signal?.removeEventListener('abort', called);
      line.close();
    }
  }
  yield* client.eventPages(run, { after: place.after, ...(signal ? { signal } : {}) });
}

/** Sequence number of the last event that was given on. */
interface Place {
  after: number;
}

/** What there is already. */
async function* upToDate(
  client: Reader,
  run: string,
  place: Place,
  signal: AbortSignal | undefined,
): AsyncGenerator<EventPage> {
  for (let more = true; more; ) {
    const page = await client.readEvents(run, { after: place.after }, signal);
    place.after = page.events.at(-1)?.seq ?? place.after;
    yield page;
    more = page.more;
  }
}

interface Following extends LiveOptions {
  readonly run: string;
  readonly place: Place;
}

/** `useless`: the line was closed, or silent, without having carried anything. */
async function* followLine(
  client: Reader,
  line: LiveLine,
  { run, place, signal, silenceMs = defaultSilenceMs }: Following,
): AsyncGenerator<EventPage, 'ended' | 'closed' | 'useless'> {
  const ask = () => line.send({ type: 'subscribe', run, after: place.after });
  ask();
  let carried = false;
  for (let silences = 0; ; ) {
    const frame = await line.next(silenceMs);
    signal?.throwIfAborted();
    if (frame === undefined) {
      silences += 1;
      if (line.closed || silences > 1) return carried ? 'closed' : 'useless';
      ask();
      continue;
    }
    silences = 0;
    if (frame.type === 'problem') return 'useless';
    carried ||= frame.type === 'subscribed' && frame.run === run;
    for await (const page of pagesOf(client, frame, { run, place, signal })) {
      yield page;
      if (page.ended && !page.more) return 'ended';
    }
  }
}

/** What a frame adds to what is known: nothing where it repeats, and more than it holds where it leaves a gap. */
async function* pagesOf(
  client: Reader,
  frame: LiveFrame,
  {
    run,
    place,
    signal,
  }: { readonly run: string; readonly place: Place; readonly signal: AbortSignal | undefined },
): AsyncGenerator<EventPage> {
  if (frame.type !== 'events' && frame.type !== 'behind') return;
  if (frame.run !== run) return;
  const last = frame.type === 'behind' ? frame.seq : (frame.events.at(-1)?.seq ?? 0);
  if (last <= place.after && !frame.ended) return;
  const events = frame.type === 'events' ? frame.events.filter(({ seq }) => seq > place.after) : [];
  if (events[0]?.seq !== place.after + 1) return yield* upToDate(client, run, place, signal);
  place.after = last;
  yield { events: [...events], more: false, ended: frame.ended };
}
