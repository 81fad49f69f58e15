import { behindFrame, type Frame, framesOf } from './frames.ts';
import type { Live } from './live.ts';

/** Most frames that somebody is sent at once: who is further behind is told to read the rest over HTTP. */
const mostFrames = 8;

/** Events that are read at a time, to make frames of them. */
const pageEvents = 250;

/** What of one run is to be sent to whoever has seen it up to some event: most subscribers have seen the same. */
export class NewsFrames {
  readonly #live: Pick<Live, 'log'>;
  readonly #tenant: string;
  readonly #run: string;
  readonly #after = new Map<number, Promise<readonly Frame[]>>();

  constructor(live: Pick<Live, 'log'>, { tenant, run }: { readonly tenant: string; readonly run: string }) {
    this.#live = live;
    this.#tenant = tenant;
    this.#run = run;
  }

  /** Frames of the events after `seq`, each beginning where the one before ended; none when there is no news. */
  after(seq: number): Promise<readonly Frame[]> {
    const known = this.#after.get(seq);
    if (known) return known;
    const frames = this.#read(seq);
    this.#after.set(seq, frames);
    return frames;
  }

  async #read(after: number): Promise<readonly Frame[]> {
    const log = this.#live.log.forTenant(this.#tenant);
    const page = await log.read(this.#run, after, pageEvents);
    const frames = framesOf(this.#run, page.events);
    if (!page.more && frames.length <= mostFrames) return frames;
    const first = frames.slice(0, mostFrames);
    const from = first.at(-1)?.seq ?? after;
    const head = await log.head(this.#run);
    if (head === undefined || head.seq <= from) return first;
    // Only the head of a run that has ended is signed.
    const rest = { after: from, seq: head.seq, ended: head.signature !== undefined };
    return [...first, behindFrame(this.#run, rest)];
  }
}
